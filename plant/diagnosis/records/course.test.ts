import { describe, expect, it } from 'vitest';
import { courseOf } from './course.ts';
import { signalsOf } from './signals.ts';
import { signal } from '../testing/cases.ts';
import { startOfDrawing } from '../testing/drawing.ts';
import { bottlingPlant } from '../testing/plants.ts';

const noise = (s: number): number => Math.sin(s) * 0.2;
const course = (name: string, unit: string, value: (s: number) => number, stoodBefore = false) => {
  const windows = [signal('line-3.capper', name, unit, value(0), value, 1500)];
  const end = startOfDrawing + 1_500_000;
  const [measured] = signalsOf(bottlingPlant(), windows, end);
  return measured ? courseOf(measured, startOfDrawing, end, stoodBefore) : null;
};

describe('the course of a signal', () => {
  it('is a slope where a value climbs slowly, however near to usual it still is', () => {
    const found = course('temperature', '°C', (s) => 50 + Math.max(0, s - 300) / 200 + noise(s));
    expect(found).toMatchObject({ kind: 'slope' });
    expect(found?.z).toBeGreaterThan(6);
    expect(found?.share).toBeGreaterThan(0.08);
  });

  it('is a step where somebody set it otherwise', () => {
    const found = course('seal_pressure', 'bar', (s) => (s < 900 ? 4 : 3.6) + noise(s) / 20);
    expect(found).toMatchObject({ kind: 'step' });
    expect(found?.z).toBeLessThan(-6);
    expect(found?.since).toBeGreaterThan(startOfDrawing + 800_000);
  });

  it('is nothing much where a value only wavers', () => {
    expect(Math.abs(course('temperature', '°C', (s) => 50 + noise(s))?.share ?? 1)).toBeLessThan(0.01);
  });

  it('may be no more than a machine that gets warm again after a stand', () => {
    const warming = (s: number): number => 50 - 12 * Math.exp(-s / 900) + noise(s);
    const burning = (s: number): number => 50 + Math.max(0, s - 700) ** 2 / 40_000 + noise(s);
    expect(course('temperature', '°C', warming, true)?.returns).toBe(true);
    expect(course('temperature', '°C', warming)?.returns).toBe(false);
    expect(course('temperature', '°C', burning, true)?.returns).toBe(false);
  });

  it('leaves out values of a machine that stood', () => {
    const found = course('torque', 'Nm', (s) => (s > 600 && s < 700 ? 0 : 20 + noise(s)));
    expect(Math.abs(found?.share ?? 1)).toBeLessThan(0.03);
  });

  it('is unknown with too few values', () => {
    expect(course('torque', 'Nm', () => 20)).not.toBeNull();
    const [measured] = signalsOf(
      bottlingPlant(),
      [signal('line-3.capper', 'torque', 'Nm', 20, () => 20, 60)],
      startOfDrawing + 60_000,
    );
    expect(measured && courseOf(measured, startOfDrawing, startOfDrawing + 60_000)).toBeNull();
  });
});
