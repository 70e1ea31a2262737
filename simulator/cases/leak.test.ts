import { expect, test } from 'vitest';
import type { PlantRecord } from '../../plant/record.ts';
import { makeCase } from '../case.ts';
import { random } from '../random.ts';
import type { Case } from './types.ts';

const causes = [
  'infeed_jam',
  'drive_trip',
  'quality_hold',
  'compressed_air_low',
  'valve_leak',
  'dispatch_full',
];
const perCause = 14;
const cases = causes.flatMap((cause, k) =>
  Array.from({ length: perCause }, (_, i) => ({ cause, one: makeCase({ seed: 1000 * k + i, cause }) })),
);
const records = (one: Case): PlantRecord[] => one.batches.flatMap((batch) => batch.records);
const digits = (text: string) => Number(text.replaceAll(/\D/g, '').slice(-4) || 0);
const first = (one: Case, kind: string) => records(one).find((record) => record.kind === kind);

/** What is no evidence of anything: numbers of ids, the order and cut of rows, the clock, the wording of the question. */
const features = (one: Case): number[] => {
  const day = new Date(one.askedAt);
  return [
    digits(first(one, 'order')?.key ?? ''),
    digits(first(one, 'note')?.key ?? ''),
    digits(first(one, 'lot')?.key ?? ''),
    digits(first(one, 'maintenance')?.key ?? ''),
    digits(first(one, 'alarm')?.key.split('@')[0] ?? ''),
    one.batches.length,
    one.batches.findIndex((batch) => batch.source === 'mes'),
    one.question.length,
    day.getUTCHours() * 60 + day.getUTCMinutes(),
    one.plant.lines[0]!.machines.length,
    records(one)[0]?.kind.length ?? 0,
    records(one).at(-1)?.kind.length ?? 0,
  ];
};

/** Share of cases whose nearest neighbour carries the same label, each feature by its rank. */
function neighbours(rows: number[][], labels: string[]): number {
  const ranked = rows[0]!.map((_, f) => {
    const sorted = rows.map((row) => row[f]!).toSorted((a, b) => a - b);
    return rows.map((row) => sorted.indexOf(row[f]!) / rows.length);
  });
  const hits = rows.filter((_, i) => {
    const distance = (j: number) => ranked.reduce((sum, of) => sum + (of[i]! - of[j]!) ** 2, 0);
    const others = rows.map((__, j) => j).filter((j) => j !== i);
    return labels[others.reduce((a, b) => (distance(b) < distance(a) ? b : a))] === labels[i];
  });
  return hits.length / rows.length;
}

test('ids, order of rows, counts of batches and the clock say nothing of the cause', () => {
  const rows = cases.map(({ one }) => features(one));
  const labels = cases.map(({ cause }) => cause);
  const rng = random('shuffle');
  const chance = Array.from({ length: 60 }, () => neighbours(rows, rng.shuffle(labels))).toSorted(
    (a, b) => a - b,
  );
  expect(neighbours(rows, labels)).toBeLessThanOrEqual(chance[57]! + 0.04);
  // The same measure sees a leak where there is one.
  const leaking = rows.map((row, i) => row.map(() => causes.indexOf(labels[i]!)));
  expect(neighbours(leaking, labels)).toBeGreaterThan(0.9);
});

test('rows stand in the order of their time, each only once', () => {
  for (const { one } of cases) {
    for (const batch of one.batches) {
      const times = batch.records.map(({ at }) => at);
      expect(times).toEqual(times.toSorted());
      expect(batch.readings.every((row, i) => i === 0 || row.at >= batch.readings[i - 1]!.at)).toBe(true);
    }
    const names = records(one).map((row) => `${row.source}/${row.kind}/${row.key}/${row.version}`);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('no wording of an alarm belongs to one cause alone', () => {
  const heard = new Map<string, { cases: number; causes: Set<string> }>();
  for (const { cause, one } of cases) {
    const texts = new Set(
      records(one).flatMap((row) => (row.kind === 'alarm' && !/\d/.test(row.text) ? [row.text] : [])),
    );
    for (const text of texts) {
      const entry = heard.get(text) ?? { cases: 0, causes: new Set() };
      entry.cases += 1;
      entry.causes.add(cause);
      heard.set(text, entry);
    }
  }
  const common = [...heard].filter(([, { cases: n }]) => n >= 8);
  expect(common.length).toBeGreaterThan(15);
  expect(common.filter(([, { causes: of }]) => of.size < 2).map(([text]) => text)).toEqual([]);
});

test('truth stays outside: neither causes nor dials nor roles are in what is handed over', () => {
  for (const { cause, one } of cases) {
    const text = JSON.stringify([one.plant, one.batches, one.question]);
    expect(text).not.toContain(cause);
    expect(text).not.toMatch(/misleading|necessary|answerable|silentRoot|decoy/);
  }
});

test('lines are of many shapes: in a row, with a second feed, with lanes that part and meet', () => {
  const shapes = cases.map(({ one }) => {
    const { flow } = one.plant.lines[0]!;
    const from = flow.map((edge) => edge.from);
    const to = flow.map((edge) => edge.to);
    const parts = new Set(from).size < from.length;
    return parts ? 'lanes' : new Set(to).size < to.length ? 'feed' : 'row';
  });
  for (const shape of ['lanes', 'feed', 'row'])
    expect(shapes.filter((one) => one === shape).length).toBeGreaterThan(8);
  const capacities = cases.flatMap(({ one }) => one.plant.lines[0]!.flow.map(({ capacity }) => capacity));
  expect(Math.min(...capacities)).toBeGreaterThanOrEqual(20);
  expect(Math.max(...capacities)).toBeLessThanOrEqual(400);
});
