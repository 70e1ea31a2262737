/** Why a machine stands by its own doing. Only the simulator knows it; nothing serves it. */
export type Trip =
  | 'jam'
  | 'drive'
  | 'empty'
  | 'air'
  | 'host'
  | 'comms'
  | 'safety'
  | 'cold'
  | 'hot'
  | 'rejects'
  | 'mismatch'
  | 'test'
  | 'power';

/** What is wrong with a machine, as its physics feels it. All at rest: nothing. */
export type Defects = {
  /** The light barrier sees something though nothing is there. */
  eyeCovered: boolean;
  /** Its drives and modules cannot be reached over the fieldbus. */
  commsLost: boolean;
  guardOpen: boolean;
  /** Heating power against what holds the set temperature. */
  heater: number;
  /** Temperature it settles at against the usual one; above 1: heat does not get away. */
  hot: number;
  /** Share of units it throws out beyond the usual. */
  rejects: number;
  /** Product pressure against the usual. */
  pressure: number;
  /** Main process value against the right one: a setting or a sensor that is off. */
  setting: number;
  /** Scatter of the main drive's torque against the usual. */
  scatter: number;
  /** The code reader finds another article than the order's. */
  wrongMaterial: boolean;
  testFailed: boolean;
  /** Fastest speed it is allowed to run, of its own. */
  speedLimit: number;
};

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
