import { expect, test } from 'vitest';
import { judged } from '../stops/testing/judged.ts';
import { hardBaseline } from './breakdown.ts';

test('the hard tier is held to the best baseline for machine, place and cause, not for the cause alone', () => {
  const guess = { name: 'first stopped', machineRight: true, placeRight: false, causeRight: false };
  const other = { ...guess, machineRight: false };
  const said = (...guesses: (typeof guess)[]) =>
    hardBaseline(guesses.map((one) => judged({ guesses: [one] })));
  expect(said(guess, guess, other)).toMatch(
    /machine 66.7 % \("first stopped", 16.7 too many\).*not hard enough/,
  );
  expect(said(guess, other, other)).toMatch(/machine 33.3 %.*and does\.$/);
});
