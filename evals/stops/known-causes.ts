/**
 * Causes that the product promised to know by name, by their class, written down apart from its catalogue: one that
 * is taken out of the catalogue is missed here and stays in every figure.
 */
const catalogued = {
  machine: [
    'infeed_jam',
    'drive_trip',
    'sensor_dirty',
    'comms_loss',
    'safety_stop',
    'temperature_low',
    'overheating',
    'valve_leak',
  ],
  material: ['consumable_empty', 'component_stockout', 'bad_lot', 'wrong_material'],
  quality: ['quality_hold', 'inspection_drift', 'ccp_failed', 'parameter_changed'],
  people: ['no_operator', 'startup_after_changeover', 'waiting_for_maintenance'],
  planning: ['changeover_overrun', 'cleaning_overrun', 'no_order'],
  utilities: ['compressed_air_low', 'power_dip', 'cooling_warm'],
  outside: ['dispatch_full', 'upstream_late'],
  it: ['system_no_answer', 'sensor_outage'],
} as const;

/** Stops of the plan are known by name too, beside the catalogue. */
const ofPlan = ['break', 'changeover', 'cleaning', 'no_shift', 'planned_maintenance', 'meeting'] as const;

const classes: ReadonlyMap<string, string> = new Map([
  ...Object.entries(catalogued).flatMap(([name, causes]) => causes.map((cause) => [cause, name] as const)),
  ...ofPlan.map((cause) => [cause, 'planning'] as const),
]);
export const isKnown = (cause: string): boolean => classes.has(cause);
/** null: a cause that only the plant of a case knows. */
export const classOfCause = (cause: string): string | null => classes.get(cause) ?? null;
/** Those of the catalogue; a test holds both lists together. */
export const causeIds: readonly string[] = Object.values(catalogued).flat();
