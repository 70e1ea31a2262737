import { expect, it } from 'vitest';
import { localise } from './localise.ts';
import { sceneOf } from '../scene.ts';
import { caseOf, signal } from '../testing/cases.ts';
import { alarm, draw } from '../testing/drawing.ts';
import { lineOf, plantOf } from '../testing/plants.ts';

const E = (before: number, letter: string): string => 'E'.repeat(before) + letter.repeat(70 - before);

function wayTo(
  place: string,
  rows: string[],
  drawn: string,
  signals: ReturnType<typeof signal>[] = [],
): string[] {
  const plant = plantOf([lineOf('line-3', rows)], { systems: [] });
  const scene = sceneOf(caseOf({ plant, records: [draw('line-3', drawn)], signals }));
  const origin = localise(scene.floor, plant, { alarmed: new Set(), slow: new Set() }).find(
    (one) => one.place === place,
  );
  return (origin?.path ?? []).map(({ machine }) => machine.replace('line-3.', ''));
}

const lanes = ['filler > divider > lane-a > joiner > packer', 'divider > lane-b > joiner'];
const parted = (a: number, b: number): string => `
  filler  ${E(30, 'H')}
  divider ${E(31, 'S')}
  lane-a  ${E(a, 'S')}
  lane-b  ${E(b, 'S')}
  joiner  ${E(38, 'S')}
  packer  ${E(40, 'S')}`;

it('goes by the lane that ran empty last where lanes join, by the first named where they stood at once', () => {
  expect(wayTo('line-3.filler', lanes, parted(33, 36))).toContain('lane-b');
  expect(wayTo('line-3.filler', lanes, parted(36, 33))).toContain('lane-a');
  expect(wayTo('line-3.filler', lanes, parted(34, 34))).toContain('lane-a');
});

it('believes the level of a lane more than when its machine stood', () => {
  // The infeed of the joiner belongs to the lane that the description names for it.
  const rows = lineOf('line-3', lanes);
  const flow = (rows.flow as { from: string; to: string }[]).map((edge) =>
    edge.from === 'line-3.lane-b' ? { ...edge, level: 'line-3.joiner/lane_b_level' } : edge,
  );
  const plant = plantOf([{ ...rows, flow }], { systems: [] });
  const empty = signal('line-3.joiner', 'lane_b_level', '%', 40, (s) => (s < 340 ? 40 : 0));
  const scene = sceneOf(caseOf({ plant, records: [draw('line-3', parted(33, 35))], signals: [empty] }));
  const [origin] = localise(scene.floor, plant, { alarmed: new Set(), slow: new Set() });
  expect(origin?.path.map(({ machine }) => machine)).toContain('line-3.lane-a');
});

it('goes by the first that is missing where different things come together', () => {
  const rows = ['former > filler > cartoner', 'erector > cartoner'];
  const drawn = `
    former   ${E(30, 'H')}
    filler   ${E(32, 'S')}
    erector  ${E(36, 'B')}
    cartoner ${E(34, 'S')}`;
  expect(wayTo('line-3.former', rows, drawn)).toEqual(['former', 'filler', 'cartoner']);
});

it('goes back by the lane that was full last where a divider is blocked', () => {
  const rows = ['packer > divider > lane-a > joiner', 'divider > lane-b > joiner'];
  const drawn = `
    packer  ${E(42, 'B')}
    divider ${E(40, 'B')}
    lane-a  ${E(33, 'B')}
    lane-b  ${E(37, 'B')}
    joiner  ${E(30, 'H')}`;
  const plant = plantOf([{ ...lineOf('line-3', rows), reference: 'line-3.packer' }], { systems: [] });
  const scene = sceneOf(caseOf({ plant, records: [draw('line-3', drawn)] }));
  const [origin] = localise(scene.floor, plant, { alarmed: new Set(), slow: new Set() });
  expect(origin?.path.map(({ machine }) => machine.replace('line-3.', ''))).toEqual([
    'joiner',
    'lane-b',
    'divider',
    'packer',
  ]);
});

it('does not take one lane for what stopped a machine that other lanes still fed', () => {
  const plant = plantOf([lineOf('line-3', lanes)], { systems: [], utilities: [] });
  const drawn = `
    filler  ${E(45, 'B')}
    divider ${E(44, 'B')}
    lane-a  ${E(30, 'A')}
    lane-b  ${E(40, 'B')}
    joiner  ${E(31, 'A')}
    packer  ${E(32, 'S')}`;
  const scene = sceneOf(caseOf({ plant, records: [draw('line-3', drawn)] }));
  const [first] = localise(scene.floor, plant, { alarmed: new Set(), slow: new Set() });
  expect(first).toMatchObject({ place: 'line-3.joiner' });
  expect(first?.p).toBeGreaterThan(0.6);
});

it('begins at the machine of a safety circuit that says more than the others', () => {
  const plant = plantOf([lineOf('line-3', 'feeder > robot-1 > robot-2 > packer')], {
    systems: [],
    utilities: [],
  });
  const drawn = `
    feeder  ${E(30, 'A')}
    robot-1 ${E(30, 'A')}
    robot-2 ${E(30, 'A')}
    packer  ${E(33, 'S')}`;
  const circuit = ['robot-1', 'robot-2'].flatMap((name) =>
    alarm(300, `line-3.${name}`, 'C1', 'Safety circuit 1 open'),
  );
  const button = alarm(300, 'line-3.feeder', 'S4', 'Emergency stop button S4 pressed');
  const scene = sceneOf(caseOf({ plant, records: [draw('line-3', drawn), circuit, button] }));
  const [first] = localise(scene.floor, plant, { alarmed: new Set(), slow: new Set() });
  expect(first?.place).toBe('line-3.feeder');
  expect(first?.path.map(({ machine }) => machine.replace('line-3.', ''))).toEqual([
    'feeder',
    'robot-2',
    'packer',
  ]);
});

it('never leads through what stood later than the machine that it is to have stopped', () => {
  const late = `
    filler  ${E(30, 'H')}
    divider ${E(31, 'S')}
    lane-a  ${E(33, 'S')}
    lane-b  ${E(44, 'S')}
    joiner  ${E(38, 'S')}
    packer  ${E(40, 'S')}`;
  expect(wayTo('line-3.filler', lanes, late)).toEqual(['filler', 'divider', 'lane-a', 'joiner', 'packer']);
});
