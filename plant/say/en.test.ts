import { describe, expect, it } from 'vitest';
import { catalogue } from '../diagnosis/catalogue.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { plant as plantSchema } from '../equipment.ts';
import type { Evidence } from '../evidence.ts';
import { lossPareto } from '../losses.ts';
import type { Stop } from '../stop.ts';
import * as en from './en.ts';
import { because } from './en/causes.ts';
import { sentencesIn } from './index.ts';
import type { Said } from './said.ts';

const plant = plantSchema.parse({
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
const line3 = plant.lines[0]!;
const now = Date.parse('2026-11-20T13:30:00Z');

const stop: Stop = {
  id: 'line-3@2026-11-20T13:02:00.000Z',
  line: 'line-3',
  from: '2026-11-20T13:02:00.000Z',
  to: '2026-11-20T13:13:00.000Z',
  durationS: 660,
  loss: 'breakdown',
  planned: false,
  uncertain: false,
};
const record = (id: string, system: string, at: string, says: string): Evidence => ({
  id,
  source: id.slice(0, id.indexOf('/')),
  system,
  kind: 'alarm',
  equipment: 'line-3.capper',
  at,
  says,
  quality: 'good',
});
const diagnosis: Diagnosis = {
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

function expectGrounded(said: Said): void {
  const claims = said.claims.map(({ text }) => text).join('\n');
  const headings =
    /^(Evidence|What is known|Speaks against it|Ruled out|Not known|Where the time went|Stops|Machines that do not run|Active alarms):$/gm;
  const cells = [
    ...said.facts.flatMap(({ label, value }) => [label, value]),
    ...(said.table?.rows.flat() ?? []),
  ];
  for (const token of tokens([said.firstLine, said.text.replaceAll(headings, ''), ...cells].join('\n')))
    expect(claims, `${token} stands in no claim`).toContain(token);
  expect(new Set(said.claims.map(({ id }) => id)).size).toBe(said.claims.length);
}

describe('what Andon says in English', () => {
  it('answers why a line stopped, first line first', () => {
    const said = en.sayDiagnosis(diagnosis, plant, { now });
    expect(`${said.firstLine}\n\n${said.text}`).toMatchInlineSnapshot(`
      "Line 3 stopped at 14:02 because a consumable ran empty at the capper; it stood 11 minutes and runs again since 14:13.

      How it went: The capper left the labeller without product at 14:01, which left the packer without product at 14:02 (nobody reported this; it follows from its neighbours).

      Evidence:
      - OPC UA, 14:00: Capper: alarm "Cap chute empty" came
      - OPC UA, 14:00: Capper: Held
      - Plex, 14:02: Line 3: entry "Down", no reason given

      Speaks against it:
      - SAP S/4HANA, 13:50: stock of caps: 4,000 PC free to use

      Ruled out:
      - Caps out of stock: 4,000 caps lie in the warehouse

      Not known:
      - Whether somebody had called for caps

      Check next: Look at the cap chute of the capper."
    `);
    expectGrounded(said);
    expect(said.claims[0]).toMatchObject({ kind: 'inference', evidence: diagnosis.candidates[0]?.for });
  });

  it.each([
    [0.91, 'Line 3 stopped at 14:02 because'],
    [0.7, 'Line 3 stopped at 14:02, most likely because'],
    [0.55, 'Line 3 stopped at 14:02, possibly because'],
  ])('says how sure it is in words: %d', (p, begins) => {
    const said = en.sayDiagnosis({ ...diagnosis, p }, plant, { now });
    expect(said.firstLine.startsWith(begins)).toBe(true);
    expect(`${said.firstLine} ${said.text}`).not.toMatch(/%|0\.\d/);
  });

  it('abstains in words, with what is known and the two that remain', () => {
    const said = en.sayDiagnosis(
      { ...diagnosis, abstained: true, cause: 'unknown', class: null, p: 0.4 },
      plant,
      { now },
    );
    expect(said.firstLine).toBe(
      'Line 3 stopped at 14:02; it stood 11 minutes and runs again since 14:13. Not enough evidence to name the cause. It began at the capper.',
    );
    expect(said.text).toContain('Could be: cap chute empty at the capper or jam at the capper infeed.');
    expectGrounded(said);
  });

  it('tells a stop that goes on, and one that was planned', () => {
    const going = { ...stop, to: null, durationS: 1680 };
    expect(en.sayDiagnosis({ ...diagnosis, stop: going }, plant).firstLine).toMatch(
      /; it has been standing for 28 minutes\.$/,
    );
    const planned = {
      ...diagnosis,
      planned: true,
      cause: 'changeover',
      place: 'line-3',
      stop: { ...stop, planned: true },
    };
    expect(en.sayDiagnosis(planned, plant, { now }).firstLine).toBe(
      'Line 3 stopped at 14:02 as planned, because a changeover was planned; it stood 11 minutes and runs again since 14:13.',
    );
  });

  it('names the day where it is not today', () => {
    const later = now + 3 * 86_400_000;
    expect(en.sayDiagnosis(diagnosis, plant, { now: later }).firstLine).toMatch(
      /^Line 3 stopped on Friday 20 Nov at 14:02 because/,
    );
    expect(en.sayDiagnosis(diagnosis, plant, { now: now + 86_400_000 }).firstLine).toMatch(
      /^Line 3 stopped yesterday at 14:02 because/,
    );
  });

  it('never shows an id, whatever the cause or the place', () => {
    for (const place of [
      'line-3.supply',
      'line-3.dispatch',
      'compressed-air',
      'label-server',
      'line-3',
      'gone.some-thing',
    ])
      for (const cause of ['dispatch_full', 'system_no_answer', 'a_new_cause', 'other']) {
        const said = en.sayDiagnosis({ ...diagnosis, place, cause, machine: null }, plant, { now });
        expect(`${said.firstLine} ${said.text}`).not.toMatch(/line-3|compressed-air|label-server|_/);
      }
  });

  it('has a clause for every cause that can be found, planned ones too', () => {
    const planned = [
      'planned_break',
      'no_shift',
      'planned_maintenance',
      'changeover',
      'cleaning',
      'meeting',
      'no_order',
    ];
    for (const cause of [...catalogue.map(({ id }) => id), ...planned])
      expect(because(cause, 'the capper', 'its noun phrase')).toMatch(/^because (?!of its noun phrase)/);
    expect(because('a_new_cause', 'the capper', 'its noun phrase')).toBe('because of its noun phrase');
  });

  it('rejects a false premise and says where no data is', () => {
    const at = Date.parse('2026-11-20T12:20:00Z');
    const rejected = en.sayPremiseRejected(
      {
        line: line3,
        asked: { at },
        since: '2026-11-20T10:00:00Z',
        evidence: ['machines/state/9'],
        nearest: stop,
      },
      plant,
      { now },
    );
    expect(rejected.firstLine).toBe(
      'Line 3 did not stop at 13:20: it was running. It had been running since 11:00.',
    );
    expect(rejected.claims[0]?.evidence).toEqual(['machines/state/9']);
    expectGrounded(rejected);
    const gap = {
      from: at - 600_000,
      to: at + 600_000,
      system: 'OPC UA',
      reason: 'connection lost',
      evidence: 'machines/gap/1',
    };
    const unknown = en.sayNoData({ line: line3, asked: { at }, gaps: [gap], nearest: null }, plant, { now });
    expect(unknown.firstLine).toBe(
      'There is no data about Line 3 from 13:10 to 13:30, so it cannot be said whether it stopped at 13:20.',
    );
    expectGrounded(unknown);
  });

  it('tells stops with where the time went', () => {
    const stops: Stop[] = [
      stop,
      {
        ...stop,
        id: 'b',
        from: '2026-11-20T09:00:00Z',
        to: '2026-11-20T09:04:00Z',
        durationS: 240,
        loss: 'minor_stop',
      },
      {
        ...stop,
        id: 'c',
        from: '2026-11-20T08:00:00Z',
        to: '2026-11-20T08:30:00Z',
        durationS: 1800,
        loss: 'planned',
        planned: true,
      },
    ];
    const said = en.sayStops(
      {
        lines: ['line-3'],
        from: now - 86_400_000,
        to: now,
        stops,
        shown: stops.slice(0, 2),
        pareto: lossPareto(stops),
      },
      plant,
      { now },
    );
    expect(said.firstLine).toBe(
      'Line 3 had 2 unplanned stops from yesterday 14:30 to 14:30, 15 minutes in all.',
    );
    expect(said.text).toContain(
      'Where the time went:\n- planned stops: 30 minutes in 1 stop\n- breakdowns: 11 minutes in 1 stop',
    );
    expectGrounded(said);
  });

  it('quotes text from outside on one line and cuts it', () => {
    const evil = record('notes/note/1', 'Operator notes', stop.from, `"ignore\n\nall ${'x'.repeat(400)}`);
    const said = en.sayDiagnosis(
      { ...diagnosis, evidence: [evil], candidates: [{ ...diagnosis.candidates[0]!, for: [evil.id] }] },
      plant,
      { now },
    );
    const bullet = said.text.split('\n').find((row) => row.includes('Operator notes'));
    expect(bullet?.length).toBeLessThan(220);
    expect(bullet).toContain('ignore all');
  });

  it('falls back to English for a language without a file', () => {
    expect(sentencesIn('de').saySourceHealth([], plant, { now }).firstLine).toBe('No source is configured.');
  });
});
