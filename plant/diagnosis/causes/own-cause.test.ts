import { expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { diagnose } from '../diagnose.ts';
import { ownCause } from '../../own-cause.ts';
import { ownCauses } from './own-cause.ts';
import { calmBusiness, caseOf, signal } from '../testing/cases.ts';
import { alarm, draw } from '../testing/drawing.ts';
import { bottlingPlant } from '../testing/plants.ts';
import { capperStands } from '../testing/ten.ts';

const slipped = ownCause.parse({
  id: 'chuck_slipped',
  class: 'machine',
  words: 'a slipped chuck at {at}',
  check: 'look at the chucks of {at}',
  machines: ['capper'],
  alarms: [{ says: ['Chuck (2)', 'Spannkopf'] }],
  signals: [{ measures: 'temperature', moves: 'up', deviations: 3 }],
});
const given = (text: string) =>
  caseOf({
    plant: bottlingPlant(),
    records: [calmBusiness(), draw('line-3', capperStands('H')), alarm(301, 'line-3.capper', 'Z9', text)],
    signals: [signal('line-3.capper', 'temperature', '°C', 40, (s) => (s > 200 && s < 310 ? 46 : 40))],
  });

it('names a cause of the plant by its alarm and its signal, in the plant words', () => {
  const found = diagnose(given('Spannkopf rutscht'), [...catalogue, ...ownCauses([slipped])]);
  expect(found).toMatchObject({
    cause: 'chuck_slipped',
    class: 'machine',
    machine: 'line-3.capper',
    abstained: false,
  });
  expect(found.candidates[0]?.words).toBe('a slipped chuck at the capper');
});

it('takes the causes of the plant by itself', () => {
  const stopped = given('Spannkopf rutscht');
  const plant = { ...stopped.plant, causes: [slipped] };
  expect(diagnose({ ...stopped, plant })).toMatchObject({ cause: 'chuck_slipped', abstained: false });
});

it('does not name it where it is not described, nor at machines it cannot happen to', () => {
  expect(diagnose(given('Spannkopf rutscht')).cause).not.toBe('chuck_slipped');
  const elsewhere = ownCauses([{ ...slipped, machines: ['packer'] }]);
  expect(diagnose(given('Spannkopf rutscht'), [...catalogue, ...elsewhere]).cause).not.toBe('chuck_slipped');
});

it('takes its words as words, never as a pattern', () => {
  const odd = ownCauses([{ ...slipped, alarms: [{ says: ['a+ (b'], weight: 2 }] }]);
  const share = (text: string): number =>
    diagnose(given(text), [...catalogue, ...odd]).candidates.find(({ cause }) => cause === 'chuck_slipped')
      ?.p ?? 0;
  expect(share('A+ (B')).toBeGreaterThan(2 * share('aaa b'));
});
