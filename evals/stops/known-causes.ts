/**
 * Causes that the product promised to know by name, written down apart from its catalogue: one that is taken out of
 * the catalogue is missed here and stays in every figure.
 */
const catalogued = [
  'infeed_jam',
  'drive_trip',
  'sensor_dirty',
  'comms_loss',
  'safety_stop',
  'temperature_low',
  'overheating',
  'valve_leak',
  'consumable_empty',
  'component_stockout',
  'bad_lot',
  'wrong_material',
  'quality_hold',
  'inspection_drift',
  'ccp_failed',
  'parameter_changed',
  'no_operator',
  'startup_after_changeover',
  'waiting_for_maintenance',
  'changeover_overrun',
  'cleaning_overrun',
  'no_order',
  'compressed_air_low',
  'power_dip',
  'cooling_warm',
  'dispatch_full',
  'upstream_late',
  'system_no_answer',
  'sensor_outage',
] as const;

/** Stops of the plan are known by name too, beside the catalogue. */
const ofPlan = ['break', 'changeover', 'cleaning', 'no_shift', 'planned_maintenance', 'meeting'] as const;

const known: ReadonlySet<string> = new Set([...catalogued, ...ofPlan]);
export const isKnown = (cause: string): boolean => known.has(cause);
/** Those of the catalogue; a test holds both lists together. */
export const causeIds: readonly string[] = catalogued;
