import type { Defects } from './model.ts';

/** A machine with nothing wrong. */
export const sound = (): Defects => ({
  eyeCovered: false,
  commsLost: false,
  guardOpen: false,
  heater: 1,
  hot: 1,
  rejects: 0,
  pressure: 1,
  setting: 1,
  scatter: 1,
  wrongMaterial: false,
  testFailed: false,
  speedLimit: 1,
});
