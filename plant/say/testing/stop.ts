import { expect } from 'vitest';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { plant as plantSchema } from '../../equipment.ts';
import type { Evidence } from '../../evidence.ts';
import type { Stop } from '../../stop.ts';
import type { Said } from '../said.ts';

export const plant = plantSchema.parse({
  id: 'demo',
  name: 'Demo plant',
  timezone: 'Europe/Berlin',
  lines: [
    {
      id: 'line-3',
      name: 'Line 3',
      machines: ['capper', 'labeller', 'packer'].map((name) => ({
        id: `line-3.${name}`,
        name: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      })),
    },
    { id: 'line-1', name: 'Line 1', machines: [{ id: 'line-1.filler', name: 'Filler' }] },
  ],
  utilities: [{ id: 'compressed-air', name: 'Compressed air', kind: 'compressed_air' }],
  systems: [{ id: 'label-server', name: 'Label server' }],
});
export const line3 = plant.lines[0]!;
export const now = Date.parse('2026-11-20T13:30:00Z');

export const stop: Stop = {
  id: 'line-3@2026-11-20T13:02:00.000Z',
  line: 'line-3',
  from: '2026-11-20T13:02:00.000Z',
  to: '2026-11-20T13:13:00.000Z',
  durationS: 660,
  loss: 'breakdown',
  planned: false,
  uncertain: false,
};
export const record = (id: string, system: string, at: string, says: string): Evidence => ({
  id,
  source: id.slice(0, id.indexOf('/')),
  system,
  kind: 'alarm',
  equipment: 'line-3.capper',
  at,
  says,
  quality: 'good',
});
export const diagnosis: Diagnosis = {
  stop,
  planned: false,
  machine: 'line-3.capper',
  place: 'line-3.capper',
  cause: 'consumable_empty',
  class: 'material',
  p: 0.91,
  chain: [
    {
      from: 'line-3.capper',
      to: 'line-3.labeller',
      kind: 'starves',
      at: '2026-11-20T13:01:10.000Z',
      inferred: false,
    },
    {
      from: 'line-3.labeller',
      to: 'line-3.packer',
      kind: 'starves',
      at: '2026-11-20T13:02:00.000Z',
      inferred: true,
    },
  ],
  ruled_out: [
    {
      cause: 'component_stockout',
      words: 'caps out of stock',
      because: '4,000 caps lie in the warehouse',
      evidence: ['erp/stock/1'],
    },
  ],
  roots: [],
  unknown: ['whether somebody had called for caps'],
  next_check: 'Look at the cap chute of the capper.',
  abstained: false,
  candidates: [
    {
      cause: 'consumable_empty',
      class: 'material',
      place: 'line-3.capper',
      p: 0.91,
      for: ['machines/alarm/1', 'machines/state/2', 'mes/downtime_event/3'],
      against: ['erp/stock/1'],
      words: 'cap chute empty at the capper',
    },
    {
      cause: 'infeed_jam',
      class: 'machine',
      place: 'line-3.capper',
      p: 0.05,
      for: [],
      against: [],
      words: 'jam at the capper infeed',
    },
  ],
  claims: [],
  evidence: [
    record('machines/alarm/1', 'OPC UA', '2026-11-20T13:00:41.000Z', 'Capper: alarm "Cap chute empty" came'),
    record('machines/state/2', 'OPC UA', '2026-11-20T13:00:42.000Z', 'Capper: Held'),
    record(
      'mes/downtime_event/3',
      'Plex',
      '2026-11-20T13:02:05.000Z',
      'Line 3: entry "Down", no reason given',
    ),
    record('erp/stock/1', 'SAP S/4HANA', '2026-11-20T12:50:00.000Z', 'stock of caps: 4,000 PC free to use'),
  ],
  completeness: { complete: true, asOf: null, missing: [], truncated: false },
};

/** Figures, times and capitalised names of a text. */
const tokens = (text: string): string[] => text.match(/\d[\d:.,]*\d|\d|\p{Lu}[\p{L}\p{N}/]+/gu) ?? [];

/** Every figure, time and name of what is said stands in one of its claims. */
export function expectGrounded(said: Said): void {
  const claims = said.claims.map(({ text }) => text).join('\n');
  const headings =
    /^(Evidence|What is known|Speaks against (?:it|the first of them)|Ruled out|Not known|Where the time went|Stops|Machines that do not run|Active alarms):$/gm;
  const cells = [
    ...said.facts.flatMap(({ label, value }) => [label, value]),
    ...(said.table?.rows.flat() ?? []),
  ];
  for (const token of tokens([said.firstLine, said.text.replaceAll(headings, ''), ...cells].join('\n')))
    expect(claims, `${token} stands in no claim`).toContain(token);
  expect(new Set(said.claims.map(({ id }) => id)).size).toBe(said.claims.length);
}
