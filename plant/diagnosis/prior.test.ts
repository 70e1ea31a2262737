import { expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import type { ConfirmedCause } from './stop-case.ts';
import { calmBusiness, caseOf } from './testing/cases.ts';
import { draw, startOfDrawing } from './testing/drawing.ts';
import { bottlingPlant } from './testing/plants.ts';
import { capperStands } from './testing/ten.ts';

const given = caseOf({
  plant: bottlingPlant(),
  records: [calmBusiness(), draw('line-3', capperStands('H'))],
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
