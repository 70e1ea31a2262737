import { expect, test } from 'vitest';
import type { PlantRecord } from '../../plant/record.ts';
import { makeCase } from '../case.ts';
import { openLive } from '../live-world.ts';
import { drawWidePlant } from '../plants/draw-wide.ts';
import { random } from '../random.ts';
import { clearDials } from '../testing/clear-dials.ts';
import { chainsOf } from './chain.ts';
import type { State } from './stretches.ts';
import type { Dials } from './types.ts';

const dark: Dials = { ...clearDials, sources: { erp: false, mes: false, notes: false, utilities: false } };
const cast = (cause: string, dials: Dials) => makeCase({ seed: `told-${cause}`, cause, dials });

test.each(['no_operator', 'bad_lot', 'component_stockout', 'quality_hold', 'upstream_late', 'no_order'])(
  '%s lies in the books alone: without them nobody can name it',
  (cause) => {
    expect(cast(cause, clearDials).truth.answerable).toBe('yes');
    const blind = makeCase({
      seed: `told-${cause}`,
      cause,
      dials: { ...dark, silentRoot: true },
    }).truth;
    expect(blind.answerable).not.toBe('yes');
    expect(blind.evidence.filter(({ role }) => role === 'necessary')).toEqual([]);
  },
);

test('what two ways tell is not necessary, what every way needs is', () => {
  const both = cast('compressed_air_low', clearDials).truth.evidence;
  expect(both.some(({ role }) => role === 'supporting')).toBe(true);
  expect(both.filter(({ id, role }) => role === 'necessary' && id.includes('/signal/'))).toEqual([]);
  const crew = cast('no_operator', clearDials).truth.evidence.filter(({ role }) => role === 'necessary');
  expect(crew.map(({ id }) => id.split('/')[1])).toEqual(['crew']);
});

test('a jam whose states and neighbours are plain is at one place, and its cause open', () => {
  const one = makeCase({
    seed: 'told-plain',
    cause: 'sensor_dirty',
    dials: { ...clearDials, silentRoot: true },
  });
  expect(one.truth.answerable).toBe('partly');
});

/** A line with two machines side by side, and a state of each from which it stands. */
function lanes() {
  for (let i = 0; ; i += 1) {
    const plant = drawWidePlant(random(`lanes/${i}`));
    const { floor } = openLive(plant, 'lanes', 0, true);
    const line = floor.lines[0]!;
    const splits = line.machines.find((one) => one.outputs.length > 1);
    if (splits) return { floor, line, splits };
  }
}
const stands = (equipment: string, s: number, waiting: 'starved' | null): State =>
  ({
    kind: 'state',
    equipment,
    at: new Date(s * 1000).toISOString(),
    state: waiting ? 'Suspended' : 'Held',
    waiting,
  }) as PlantRecord & State;

test('of two lanes the one that ran empty last starved what follows; in the same second either did', () => {
  const { floor, line, splits } = lanes();
  const [a, b] = splits.outputs.map(({ to }) => to.id) as [string, string];
  const rest = line.machines.filter(({ id }) => id !== splits.id && id !== a && id !== b);
  const chains = (aAt: number, bAt: number) =>
    chainsOf(
      floor,
      line,
      { place: splits.id, t0: new Date(0).toISOString() },
      [
        stands(splits.id, 0, null),
        stands(a, aAt, 'starved'),
        stands(b, bAt, 'starved'),
        ...rest.map(({ id }) => stands(id, 300, 'starved')),
      ],
      300_000,
    ).map((chain) => chain[0]?.to);
  expect(chains(60, 90)).toEqual([b]);
  expect(chains(90, 60)).toEqual([a]);
  expect(chains(90, 90)).toEqual([a, b]);
});
