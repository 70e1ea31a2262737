import { expect, it } from 'vitest';
import { catalogue } from '../causes/catalogue.ts';
import { hypotheses } from './hypothesis.ts';
import { localise } from '../localise/localise.ts';
import { sceneOf } from '../scene.ts';
import { caseOf } from '../testing/cases.ts';
import { draw, recordOf } from '../testing/drawing.ts';
import { lineOf, plantOf } from '../testing/plants.ts';

const E = (before: number, letter: string): string => 'E'.repeat(before) + letter.repeat(70 - before);

it('tries a changed setting at the machine before the one that found it, where a change is recorded there', () => {
  const plant = plantOf([lineOf('line-3', 'former > sealer > camera > packer')], {
    systems: [],
    utilities: [],
  });
  const rows = `
    former ${E(33, 'B')}
    sealer ${E(31, 'B')}
    camera ${E(30, 'H')}
    packer ${E(32, 'S')}`;
  const change = recordOf('quality', 100, 'line-3.sealer', {
    source: 'mes',
    event: 'parameter_changed',
    text: '',
    subject: 'temperature',
  });
  const placesOf = (records: Parameters<typeof caseOf>[0]['records']): string[] => {
    const scene = sceneOf(caseOf({ plant, records }));
    const origins = localise(scene.floor, plant, { alarmed: new Set(), slow: new Set() });
    const changed = catalogue.filter(({ id }) => id === 'parameter_changed');
    return hypotheses(scene, origins, changed).map(({ place }) => place.id);
  };
  expect(placesOf([draw('line-3', rows), change])).toEqual(
    expect.arrayContaining(['line-3.camera', 'line-3.sealer']),
  );
  const without = placesOf([draw('line-3', rows)]);
  expect(without.filter((id) => id === 'line-3.sealer')).toHaveLength(
    placesOf([draw('line-3', rows), change]).filter((id) => id === 'line-3.sealer').length - 1,
  );
});
