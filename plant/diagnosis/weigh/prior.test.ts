import { expect, it } from 'vitest';
import { sayDiagnosis } from '../../say/en/diagnosis.ts';
import { diagnose } from '../diagnose.ts';
import type { ConfirmedCause } from '../stop-case.ts';
import { calmBusiness, caseOf } from '../testing/cases.ts';
import { alarm, draw, startOfDrawing } from '../testing/drawing.ts';
import { bottlingPlant } from '../testing/plants.ts';
import { capperStands, tripped } from '../testing/ten.ts';

const given = caseOf({
  plant: bottlingPlant(),
  records: [calmBusiness(), draw('line-3', capperStands('H'))],
});
const calmCapper = (id: string) =>
  caseOf({
    plant: bottlingPlant(),
    records: [
      calmBusiness(),
      draw('line-3', capperStands('H')),
      alarm(301, 'line-3.capper', id, 'Group fault'),
    ],
  });
const confirmed = (times: number, over: Partial<ConfirmedCause>): ConfirmedCause[] =>
  Array.from({ length: times }, (_, index) => ({
    line: 'line-3',
    machine: 'line-3.capper',
    machineClass: 'capper',
    firstAlarm: null,
    cause: 'valve_leak',
    at: startOfDrawing - (index + 1) * 86_400_000,
    ...over,
  }));
const shareWith = (earlier: ConfirmedCause[]): number =>
  diagnose({ ...given, confirmed: earlier }).candidates.find(({ cause }) => cause === 'valve_leak')?.p ?? 0;

it('learns from what people confirmed at this machine, more than at another of its class, more than elsewhere', () => {
  const here = shareWith(confirmed(8, {}));
  const alike = shareWith(confirmed(8, { machine: 'line-9.capper' }));
  const elsewhere = shareWith(confirmed(8, { machine: 'line-9.x', machineClass: 'x' }));
  const none = shareWith([]);
  expect(here).toBeGreaterThan(alike);
  expect(alike).toBeGreaterThan(elsewhere);
  expect(elsewhere).toBeGreaterThan(none);
});

it('learns nothing from what is confirmed later', () => {
  expect(shareWith(confirmed(8, { at: startOfDrawing + 86_400_000 }))).toBe(shareWith([]));
});

it('never names a cause for its history alone', () => {
  expect(diagnose({ ...given, confirmed: confirmed(200, {}) }).abstained).toBe(true);
});

it('counts stops with the same first alarm more than others of the machine', () => {
  const plain = calmCapper('Z9');
  const share = (firstAlarm: string): number =>
    diagnose({ ...plain, confirmed: confirmed(6, { firstAlarm }) }).candidates.find(
      ({ cause }) => cause === 'valve_leak',
    )?.p ?? 0;
  expect(share('Z9')).toBeGreaterThan(share('Z8'));
});

it('takes from what was never confirmed, and never as much as a decisive record gives', () => {
  const { case: stopped } = tripped();
  const plain = diagnose(stopped);
  const often = diagnose({ ...stopped, confirmed: confirmed(500, { cause: 'infeed_jam' }) });
  expect(often.p).toBeLessThan(plain.p);
  expect([plain.cause, often.cause]).toEqual(['drive_trip', 'drive_trip']);
});

it('says how often it was so before', () => {
  const { case: stopped } = tripped();
  const before = [...confirmed(3, { cause: 'drive_trip' }), ...confirmed(2, { cause: 'bad_lot' })];
  const found = diagnose({ ...stopped, confirmed: before });
  expect(found.history).toBe('3 of the last 5 stops of the capper whose cause was confirmed had this cause');
  expect(sayDiagnosis(found, stopped.plant).text).toContain(`${found.history}.`);
  expect(diagnose(stopped).history).toBeUndefined();
});

it('shows each confirmation that its sentence counts', () => {
  const { case: stopped } = tripped();
  const of = (name: string, causes: ConfirmedCause[]) =>
    causes.map((one, index) => ({ ...one, stop: `line-3@${name}-${index}` }));
  const before = [
    ...of('trip', confirmed(3, { cause: 'drive_trip' })),
    ...of('lot', confirmed(2, { cause: 'bad_lot' })),
  ];
  const found = diagnose({ ...stopped, confirmed: before });
  const told = found.claims.find(({ text }) => text.includes('whose cause was confirmed'));
  const shown = found.evidence.filter(({ id }) => id.startsWith('andon/cause/'));
  expect(told?.evidence.toSorted()).toEqual(before.map(({ stop }) => `andon/cause/${stop}`).toSorted());
  expect(shown.map(({ says }) => says).join('; ')).toContain(
    'a tripped drive at the capper, confirmed for the stop yesterday at 09:30',
  );
  expect(shown).toHaveLength(5);
});
