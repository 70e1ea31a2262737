import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { gainOf } from './next-check.ts';
import type { Scored } from '../weigh/weigh.ts';
import { calmBusiness, caseOf } from '../testing/cases.ts';
import { alarm, draw } from '../testing/drawing.ts';
import { bottlingPlant } from '../testing/plants.ts';
import { capperStands, jam } from '../testing/ten.ts';

const shares = (...all: number[]) => all.map((p) => ({ p }) as Scored);

describe('the worth of a look', () => {
  it('is a bit less its doubt where it halves what is possible, and nothing where it tells nothing apart', () => {
    const two = shares(0.5, 0.5);
    expect(gainOf(two, 0, (one) => (one === two[0] ? 1 : 0))).toBeCloseTo(1);
    expect(gainOf(two, 0, () => 0.9)).toBeCloseTo(0);
  });

  it('is more for one that splits several causes than for one about a single unlikely cause', () => {
    const four = shares(0.25, 0.25, 0.25, 0.25);
    const half = gainOf(four, 0, (one) => (four.indexOf(one) < 2 ? 0.9 : 0.1));
    const single = gainOf(four, 0, (one) => (one === four[0] ? 0.9 : 0.1));
    expect(half).toBeGreaterThan(single);
    expect(gainOf(shares(0.9, 0.02), 0.08, (one) => (one.p < 0.1 ? 0.9 : 0.1))).toBeLessThan(0.1);
  });
});

it('asks for nothing where the cause is clear', () => {
  expect(diagnose(jam().case).next_check).toBeNull();
});

it('asks for the panel of the machine where nothing speaks for any cause', () => {
  const found = diagnose(
    caseOf({ plant: bottlingPlant(), records: [calmBusiness(), draw('line-3', capperStands('T'))] }),
  );
  expect(found.abstained).toBe(true);
  expect(found.next_check).toMatch(/panel of the capper/);
});

it('asks for the look that tells the leading causes apart', () => {
  const found = diagnose(
    caseOf({
      plant: bottlingPlant(),
      records: [
        calmBusiness(),
        draw('line-3', capperStands('H')),
        alarm(300, 'line-3.capper', 'A1', 'Jam at infeed'),
        alarm(300, 'line-3.capper', 'A2', 'Drive overload'),
      ],
    }),
  );
  expect(found.next_check).toMatch(/That tells .+ from .+\.$/);
});
