import { expect, it } from 'vitest';
import { laterOrigins } from './later.ts';
import { localise } from './localise.ts';
import { sceneOf } from '../scene.ts';
import { calmBusiness, caseOf } from '../testing/cases.ts';
import { at, draw, recordOf } from '../testing/drawing.ts';
import { bottlingPlant } from '../testing/plants.ts';

const plant = bottlingPlant();
const names = ['depalletizer', 'rinser', 'filler', 'capper', 'labeller', 'packer', 'palletizer'];
const alarm = (s: number, machine: string, text: string) =>
  recordOf('alarm', s, `line-3.${machine}`, { alarm: text, text, severity: 800, active: true });

/** All machines hold from 300 s on for want of air; at 600 s they run again, but for the one that holds longer. */
function air(longer: string | null, texts: [number, string][]) {
  const rows = names
    .map(
      (name) =>
        `${name} ${'E'.repeat(30)}${'H'.repeat(30)}${name === longer ? 'H'.repeat(30) : ''}${'E'.repeat(40)}`,
    )
    .join('\n');
  const low = names.map((name, index) => alarm(300 + index, name, 'Air pressure low'));
  const scene = sceneOf(
    caseOf({
      plant,
      records: [
        calmBusiness(),
        draw('line-3', rows),
        low,
        texts.map(([s, text]) => alarm(s, 'palletizer', text)),
      ],
    }),
  );
  const origins = localise(scene.floor, plant, { alarmed: new Set(), slow: new Set() });
  const first = origins.find(({ place }) => place === 'compressed-air');
  if (!first) throw new Error('the air is not among the origins');
  return laterOrigins(scene, first);
}

it('finds the jam that kept the line standing when the air was back', () => {
  const [second, ...more] = air('palletizer', [[590, 'Jam at infeed']]);
  expect(more).toEqual([]);
  expect(second?.origins[0]?.place).toBe('line-3.palletizer');
  expect(second?.from).toBe(Date.parse(at(590)));
  expect(second?.scene.from).toBe(second?.from);
});

it('finds nothing where the line ran when the first thing was over, nor where no new sign came', () => {
  expect(air(null, [[590, 'Jam at infeed']])).toEqual([]);
  expect(air('palletizer', [])).toEqual([]);
});
