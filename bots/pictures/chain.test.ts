import { expect, test } from 'vitest';
import { diagnosis as diagnosisSchema, type Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { plant as plantSchema, type Plant } from '../../plant/equipment.ts';
import type { MachineSpans } from '../../plant/surface.ts';
import { chainPicture } from './chain.ts';
import { chainLayout } from './chain-layout.ts';
import { chainSvg } from './chain-svg.ts';

const at = (time: string): string => `2026-11-20T${time}:00Z`;
const id = (name: string): string => `line-1.${name}`;

/** `feeders` stand side by side before the first of `rest`. */
function plantOf(feeders: string[], rest: string[], names: Record<string, string> = {}): Plant {
  const machines = [...feeders, ...rest];
  const flow = [
    ...feeders.map((from) => ({ from: id(from), to: id(rest[0] ?? '') })),
    ...rest.slice(1).map((to, index) => ({ from: id(rest[index] ?? ''), to: id(to) })),
  ];
  return plantSchema.parse({
    id: 'p',
    name: 'P',
    timezone: 'Europe/Berlin',
    lines: [
      {
        id: 'line-1',
        name: 'Line 1',
        machines: machines.map((one) => ({ id: id(one), name: names[one] ?? one })),
        flow,
      },
    ],
    utilities: [{ id: 'air', name: 'Compressed air', kind: 'compressed_air', serves: ['line-1'] }],
  });
}

function diagnosisOf(change: Partial<Diagnosis>): Diagnosis {
  return diagnosisSchema.parse({
    stop: {
      id: 'line-1@x',
      line: 'line-1',
      from: at('12:02'),
      to: at('12:13'),
      durationS: 660,
      planned: false,
      loss: 'breakdown',
      uncertain: false,
    },
    planned: false,
    machine: null,
    place: null,
    cause: 'unknown',
    class: null,
    p: 0.4,
    chain: [],
    roots: [],
    ruled_out: [],
    unknown: [],
    next_check: null,
    abstained: true,
    candidates: [],
    claims: [],
    evidence: [],
    completeness: { complete: true, asOf: null, missing: [] },
    ...change,
  });
}
const step = (from: string, to: string, kind: Diagnosis['chain'][number]['kind'], inferred = false) => ({
  from,
  to,
  kind,
  at: at('12:01'),
  inferred,
});
const root = (place: string, time: string) => ({
  place,
  cause: 'drive_trip',
  class: null,
  at: at(time),
  p: 0.9,
  evidence: [],
});
/** States at the stop, since 12:01; a machine left out ran, `null` told nothing. */
function spansOf(
  plant: Plant,
  states: Record<string, [string, 'starved' | 'blocked' | null] | null>,
): MachineSpans[] {
  return (plant.lines[0]?.machines ?? []).map(({ id: machine, name }) => {
    const known = states[machine.slice(7)];
    const [state, waiting] = known ?? ['Execute', null];
    const span = {
      from: Date.parse(at('12:01')),
      to: Date.parse(at('12:10')),
      state: state as 'Execute',
      waiting,
    };
    return { machine, name, spans: known === null ? [] : [span] };
  });
}
const nodesOf = (diagnosis: Diagnosis, plant: Plant, spans: MachineSpans[]) =>
  Object.fromEntries(
    (chainLayout(diagnosis, plant, spans)?.nodes ?? []).map(({ id: of, look, inferred, dark, row, note }) => [
      of,
      { look, inferred, dark, row, note },
    ]),
  );

test('a branch stands side by side; root, waiting, inferred and dark machines differ', () => {
  const plant = plantOf(['base', 'lid'], ['assembler', 'screwdriver', 'tester', 'packer']);
  const diagnosis = diagnosisOf({
    place: id('lid'),
    roots: [root(id('lid'), '12:00'), root(id('tester'), '12:01')],
    chain: [
      step(id('lid'), id('assembler'), 'starves'),
      step(id('assembler'), id('screwdriver'), 'starves', true),
    ],
  });
  const spans = spansOf(plant, {
    lid: ['Held', null],
    base: ['Suspended', 'blocked'],
    assembler: ['Suspended', 'starved'],
    screwdriver: null,
    tester: ['Aborted', null],
  });
  expect(nodesOf(diagnosis, plant, spans)).toMatchObject({
    [id('lid')]: { look: 'root', row: 0, note: '13:00 began here' },
    [id('base')]: { look: 'waits', row: 0, note: '13:01 could not deliver' },
    [id('assembler')]: { look: 'waits', inferred: false, row: 1 },
    [id('screwdriver')]: { look: 'waits', dark: true, inferred: true, row: 2 },
    [id('tester')]: { look: 'root', row: 3, note: '13:01 then here' },
    [id('packer')]: { look: 'runs', row: 4, note: 'ran on' },
    air: { look: 'plain', row: 5 },
  });
  // Beside the chain: the other feeder waited for the assembler too.
  expect(chainLayout(diagnosis, plant, spans)?.edges).toContainEqual({
    from: id('assembler'),
    to: id('base'),
    kind: 'wait',
    inferred: false,
  });
  expect(chainLayout(diagnosis, plant, spans)?.alt).toBe(
    'Line 1, stopped at 13:02. base: 13:01 could not deliver. lid: 13:00 began here. assembler: 13:01 nothing came. screwdriver: 13:01 nothing came, inferred, no data. tester: 13:01 then here. packer: ran on. Who waited for whom: base for assembler, assembler for lid and screwdriver for assembler.',
  );
});

test('a machine that a queue reached after the line stood could not deliver, since then', async () => {
  const plant = plantOf([], ['filler', 'capper', 'labeller', 'packer', 'palletizer']);
  const clock = (time: string) => Date.parse(`2026-11-20T${time}Z`);
  /** Each change of a machine: when, what it did from then on, and why it waited. */
  const changes: Record<string, [string, string, ('starved' | 'blocked')?][]> = {
    // Stopped long before: its beginning lies before what was read.
    filler: [['09:00:00', 'Suspended', 'starved']],
    capper: [
      ['11:00:00', 'Execute'],
      ['12:03:10', 'Suspended', 'blocked'],
      ['12:12:00', 'Execute'],
    ],
    labeller: [
      ['11:00:00', 'Execute'],
      // A moment that no bar shows, and a wait after the line ran again.
      ['12:05:00', 'Suspended', 'starved'],
      ['12:05:05', 'Execute'],
      ['12:13:30', 'Suspended', 'starved'],
    ],
    packer: [
      ['11:00:00', 'Execute'],
      ['12:02:00', 'Held'],
      ['12:13:00', 'Execute'],
    ],
    palletizer: [
      ['11:00:00', 'Execute'],
      ['12:04:00', 'Suspended', 'starved'],
      ['12:14:00', 'Execute'],
    ],
  };
  const machineSpans = async (_: string, from: number, to: number): Promise<MachineSpans[]> =>
    (plant.lines[0]?.machines ?? []).map(({ id: machine, name }) => {
      const own = changes[machine.slice(7)] ?? [];
      const spans = own.map(([start, state, waiting], index) => ({
        from: Math.max(from, clock(start)),
        to: Math.min(to, clock(own[index + 1]?.[0] ?? '23:00:00')),
        state: state as 'Execute',
        waiting: waiting ?? null,
      }));
      return { machine, name, spans: spans.filter((span) => span.to > span.from) };
    });
  const said = async (change: Partial<Diagnosis>, now: string) => {
    const diagnosis = diagnosisOf({ place: id('packer'), roots: [root(id('packer'), '12:02')], ...change });
    const floor = { plant, machineSpans, clock: () => clock(now) };
    return (await chainPicture(floor, diagnosis))?.alt;
  };
  expect(await said({}, '15:00:00')).toBe(
    'Line 1, stopped at 13:02. filler: nothing came. capper: 13:03 could not deliver. labeller: ran on. packer: 13:02 began here. palletizer: 13:04 nothing came. Who waited for whom: palletizer for packer.',
  );
  // While it stands, the picture knows what has been until now.
  const open = { stop: { ...diagnosisOf({}).stop, to: null } };
  expect(await said(open, '12:03:05')).toContain(' capper: ran on. labeller: ran on.');
  expect(await said(open, '12:03:15')).toContain(' capper: 13:03 could not deliver. labeller: ran on.');
  expect(await said(open, '12:03:40')).toContain(' capper: 13:03 could not deliver. labeller: ran on.');
});

test('what is off the line is part of the picture where it began there', () => {
  const plant = plantOf([], ['filler', 'capper']);
  const supply = diagnosisOf({
    place: 'line-1.supply',
    chain: [step('line-1.supply', id('filler'), 'supplies')],
  });
  expect(nodesOf(supply, plant, [])).toMatchObject({
    'line-1.supply': { look: 'root', row: 0 },
    [id('filler')]: { row: 1 },
  });
  const air = diagnosisOf({ place: 'air', chain: [step('air', id('capper'), 'stops')] });
  expect(nodesOf(air, plant, [])).toMatchObject({ air: { look: 'root', row: 2 } });
  expect(nodesOf(diagnosisOf({ place: 'line-1' }), plant, [])).toMatchObject({
    'line-1': { look: 'root', note: 'began here' },
  });
});

test('names from outside are text; what is cut in the picture stands whole in its words', () => {
  const hostile =
    '<script>alert("1")</script> & a name that is longer than any box of the picture could ever hold';
  const plant = plantOf([], ['filler', 'capper'], { capper: hostile });
  const layout = chainLayout(diagnosisOf({ place: id('capper') }), plant, []);
  const svg = chainSvg(layout ?? { title: '', nodes: [], edges: [], rows: 0, alt: '' }, {
    styled: false,
    id: 'c',
  });
  expect(svg).not.toMatch(/<script|style=|<style/);
  expect(svg).toContain(
    '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; a name that is longer than any box of the picture could ever hold: began here, no data.',
  );
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="c-title c-words"/);
});

test('nine machines fit into what Teams takes, as a picture with its words', async () => {
  const plant = plantOf(['a', 'b'], ['c', 'd', 'e', 'f', 'g', 'h', 'i']);
  const spans = spansOf(plant, Object.fromEntries('abcdefghi'.split('').map((one) => [one, null])));
  const floor = { plant, clock: () => Date.parse(at('12:13')), machineSpans: async () => spans };
  const drawn = await chainPicture(floor, diagnosisOf({ place: id('c') }), 36_000);
  expect(drawn?.alt).toContain('c: began here, no data.');
  expect(
    Buffer.from(drawn?.png ?? '', 'base64')
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  expect(await chainPicture(floor, diagnosisOf({ place: id('c') }), 100)).toBeNull();
});
