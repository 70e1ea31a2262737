import type { Dial } from './case.ts';
import type { Judged } from './judge.ts';

type Bands = { dial: string; bands: { band: string; cases: Judged[] }[] };

/** Groups the cases by each dial: three equal parts of its range, or its words and yes or no as they are. */
export function bandsOf(cases: readonly Judged[]): Bands[] {
  const dialled = cases.flatMap((one) => (one.truth.dials ? [{ one, dials: one.truth.dials }] : []));
  const names = [...new Set(dialled.flatMap(({ dials }) => Object.keys(dials)))];
  return names.map((dial) => {
    const given = dialled.flatMap(({ one, dials }) => {
      const value = dials[dial];
      return value === undefined ? [] : [{ one, value }];
    });
    const bandOf = bandsFor(given.map(({ value }) => value));
    const bands = new Map<string, Judged[]>();
    for (const { one, value } of given) bands.set(bandOf(value), [...(bands.get(bandOf(value)) ?? []), one]);
    return {
      dial,
      bands: [...bands]
        .toSorted(([a], [b]) => Number.parseFloat(a) - Number.parseFloat(b) || a.localeCompare(b))
        .map(([band, inside]) => ({ band, cases: inside })),
    };
  });
}

function bandsFor(values: readonly Dial[]): (value: Dial) => string {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length || new Set(numbers).size <= 4) return (value) => wordOf(value);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const third = (high - low) / 3;
  const show = (value: number) => Number(value.toPrecision(3)).toString();
  return (value) => {
    const index = Math.min(2, Math.floor((Number(value) - low) / third));
    return `${show(low + index * third)} to ${show(low + (index + 1) * third)}`;
  };
}

const wordOf = (value: Dial): string => (value === true ? 'yes' : value === false ? 'no' : String(value));
