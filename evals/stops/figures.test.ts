import { expect, test } from 'vitest';
import { catalogue } from '../../plant/diagnosis/causes/catalogue.ts';
import { stopFigures } from '../suites/stops.ts';
import { fallen, partOf, reachedBy } from '../reached.ts';
import { baselineShares, leftOutNamed, sharesOf } from './figures.ts';
import { shareOf } from '../share.ts';
import { causeIds, classOfCause, isKnown } from './known-causes.ts';
import { judged } from './testing/judged.ts';

const share = (name: keyof ReturnType<typeof sharesOf>, ...cases: Parameters<typeof judged>[0][]) => {
  const { right, n } = sharesOf(cases.map(judged))[name];
  return `${right}/${n}`;
};

const right = {};
const otherCause = { said: 'drive_trip', ranked: ['drive_trip', 'infeed_jam'] };
const fourth = { said: 'a', ranked: ['a', 'b', 'c', 'infeed_jam'] };
const unsure = { abstained: true };
const elsewhere = { place: 'l.filler', chain: false };
const open = { answerable: 'no' as const };
const quiet = { stopped: false };

test('causes count over answerable stops by the forced ranking, abstained or not', () => {
  expect(share('cause_top1', right, otherCause, fourth, unsure, { ...open, ...otherCause }, quiet)).toBe(
    '2/4',
  );
  expect(share('cause_top3', right, otherCause, fourth, unsure)).toBe('3/4');
});

test('machines count where the origin is one, places everywhere; undecidable stops apart', () => {
  const supply = { truePlace: 'l.supply', place: 'l.supply' };
  expect(share('machine_top1', right, elsewhere, supply, { ...open, ...elsewhere })).toBe('1/2');
  expect(share('machine_top1_all', right, elsewhere, supply, { ...open, ...elsewhere })).toBe('1/3');
  expect(share('place_top1', right, elsewhere, supply)).toBe('2/3');
  expect(share('place_top1_all', right, elsewhere, supply, { ...open, ...elsewhere })).toBe('2/4');
  expect(share('place_top3', right, { ...elsewhere, places: ['l.filler', 'l.packer'] })).toBe('2/2');
});

test('precision is of everything named: also of what nobody could decide, and of lines that ran', () => {
  const misled = { ...quiet, outcome: 'explained' as const };
  expect(share('precision', right, otherCause, unsure, { ...open, ...otherCause }, misled)).toBe('1/4');
  expect(share('precision_answerable', right, otherCause, unsure, { ...open, ...otherCause }, misled)).toBe(
    '1/2',
  );
  expect(share('coverage', right, otherCause, unsure, open)).toBe('2/3');
});

test('to name nothing is right where nobody could, and costs coverage where somebody could', () => {
  expect(share('abstain_unanswerable', { ...open, ...unsure }, open, unsure)).toBe('1/2');
  expect(share('abstain_answerable', unsure, right, { ...open, ...unsure })).toBe('1/2');
  expect(share('undecidable', open, right, quiet)).toBe('1/2');
  // "It did not stop" is no abstention: it is wrong.
  expect(share('abstain_unanswerable', { ...open, outcome: 'no_stop' as const })).toBe('0/1');
});

test('a false premise is rejected by "it ran" and "no stop", not by a cause and not by "no data"', () => {
  const outcomes = ['ran', 'no_stop', 'no_data', 'explained'] as const;
  expect(share('false_premise', ...outcomes.map((outcome) => ({ ...quiet, outcome })))).toBe('2/4');
});

test('a cause without a name is right as "other" at the right place, and asked of no ranking', () => {
  const cases = [
    { listed: false, said: 'other' },
    { listed: false, said: 'other', ...elsewhere },
    { listed: false },
    { listed: false, ...unsure },
  ];
  expect(share('not_listed', ...cases)).toBe('1/4');
  expect(share('cause_top1', right, ...cases)).toBe('1/1');
  expect(share('precision', ...cases)).toBe('2/3');
});

test('of two causes both count, in order', () => {
  const two = { kind: 'compound' as const, causes: ['infeed_jam', 'no_operator'] };
  const said = [['infeed_jam', 'no_operator'], ['no_operator', 'infeed_jam'], ['infeed_jam'], []];
  const cases = said.map((roots) => ({ ...two, roots }));
  expect(share('compound', ...cases)).toBe('1/4');
  expect(share('compound_both', ...cases)).toBe('2/4');
});

test('a next check is one of the true cause, or tells it from another; that there is one is no more than that', () => {
  const looks = (['true cause', 'separates', 'another', null] as const).map((nextCheck) => ({
    ...unsure,
    nextCheck,
  }));
  expect(share('next_check', right, ...looks)).toBe('3/4');
  expect(share('next_check_right', right, ...looks)).toBe('2/4');
  expect(share('next_check_true', right, ...looks)).toBe('1/4');
});

test('chains count only where the truth tells them', () => {
  expect(share('chain', right, { chain: false }, { chain: null })).toBe('1/2');
});

test('a misleading record cited takes one away', () => {
  const cited = { cited: 4, misleading: 1, telling: 2, necessary: 2, found: 1, exact: 0 };
  expect(share('evidence_precision', { cited })).toBe('2/4');
  expect(share('evidence_recall', { cited })).toBe('1/2');
  expect(share('evidence_precision_strict', { cited })).toBe('2/4');
  expect(share('evidence_recall_strict', { cited })).toBe('0/2');
});

test('stops that the calendar tells are left out of the unplanned figures', () => {
  const planned = { kind: 'planned' as const };
  expect(share('cause_top1', planned, otherCause)).toBe('1/2');
  expect(share('cause_top1_unplanned', planned, otherCause)).toBe('0/1');
  expect(share('coverage_unplanned', planned, unsure)).toBe('0/1');
  expect(share('precision_unplanned', planned, otherCause)).toBe('0/1');
});

test('the causes known by name are those of the catalogue, and stay when one is taken out of it', () => {
  expect(catalogue.map(({ id }) => id).toSorted()).toEqual(causeIds.toSorted());
  expect(causeIds.every(isKnown)).toBe(true);
  expect(isKnown('other')).toBe(false);
  expect(catalogue.map(({ id, class: name }) => [id, name])).toEqual(
    catalogue.map(({ id }) => [id, classOfCause(id)]),
  );
});

test('baselines have the same denominators', () => {
  const guess = { name: 'first alarm', machineRight: true, placeRight: true, causeRight: false };
  const [shares] = baselineShares([judged({ guesses: [guess] }), judged({ ...open, guesses: [guess] })]);
  expect([shares?.machine.n, shares?.cause.n, shares?.cause.right]).toEqual([1, 1, 0]);
});

test('left out means the whole class, of stops that began at a machine; the cause alone has another name', () => {
  const [right, wrong] = [
    { place: true, said: 'other' as const },
    { place: true, said: 'another cause' as const },
  ];
  const supply = { truePlace: 'l.supply', place: 'l.supply' };
  const left = leftOutNamed([
    judged({ leftOut: { cause: right, class: wrong } }),
    judged({ leftOut: { cause: right, class: right } }),
    judged({ ...supply, leftOut: { cause: wrong, class: right } }),
  ]);
  const counts = Object.entries(left).map(([name, of]) => `${name} ${of.right}/${of.n}`);
  expect(counts).toEqual([
    'left_out_class 1/2',
    'left_out_class_elsewhere 1/1',
    'left_out_class_anywhere 2/3',
    'left_out_cause_at_machine 2/2',
    'left_out_cause_elsewhere 0/1',
    'left_out_cause_anywhere 2/3',
  ]);
});

test('the suite prints every key that others rely on', () => {
  const figures = { ...stopFigures([judged({})]), hard: {} };
  for (const key of 'n machine_top1 place_top1 machine_top3 cause_top1 cause_top3 chain precision coverage abstain_unanswerable false_premise invented_figures blamed left_out_class hard baselines'.split(
    ' ',
  ))
    expect(figures).toHaveProperty(key);
});

test('a figure below its interval, an invented figure more: each has a sentence', () => {
  const seeds = { from: 1, to: 10 };
  const good = Array.from({ length: 40 }, () => judged({}));
  const before = reachedBy(seeds, [partOf('', good)]);
  expect(fallen(before, before)).toEqual([]);
  const worse = [...good.slice(8), ...Array.from({ length: 8 }, () => judged(otherCause))];
  expect(fallen(before, reachedBy(seeds, [partOf('', worse)])).join('\n')).toContain(
    'cause_top1 fell to 80.0 %; it was 100 %',
  );
  // A tier, a set and a suite are held each by itself: the mix may not hide them.
  const parts = (hard: typeof good, stopped: number) =>
    reachedBy(seeds, [
      partOf('', good),
      partOf('hard', hard),
      {
        name: 'grounding',
        shares: { lies_stopped: shareOf(good, (one) => good.indexOf(one) < stopped) },
        counts: {},
      },
    ]);
  expect(fallen(parts(good, 36), parts(good, 36))).toEqual([]);
  const said = fallen(parts(good, 36), parts(worse, 20)).join('\n');
  expect(said).toContain('hard.cause_top1 fell to 80.0 %; it was 100 %');
  expect(said).toContain('(answerable stops by a listed cause');
  expect(said).toContain('grounding.lies_stopped fell to 50.0 %; it was 90.0 %');
  expect(said).not.toMatch(/^cause_top1/m);
  const inventing = [...good.slice(1), judged({ invented: ['"42" is in no result'] })];
  expect(fallen(before, reachedBy(seeds, [partOf('', inventing)]))).toEqual([
    'invented_figures rose from 0 to 1.',
  ]);
});
