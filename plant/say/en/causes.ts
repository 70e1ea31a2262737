/** After "because": the cause at its place, in words a supervisor uses. `at`: the place as `the capper`. */
const clauses: Readonly<Record<string, (at: string) => string>> = {
  infeed_jam: (at) => `product jammed at the infeed of ${at}`,
  drive_trip: (at) => `the drive of ${at} tripped`,
  sensor_dirty: (at) => `a dirty sensor kept stopping ${at}`,
  comms_loss: (at) => `${at} lost the connection to its controls`,
  safety_stop: (at) => `a safety stop was triggered at ${at}`,
  temperature_low: (at) => `${at} was below its working temperature`,
  valve_leak: (at) => `a valve of ${at} leaks`,
  overheating: (at) => `${at} overheated`,
  consumable_empty: (at) => `a consumable ran empty at ${at}`,
  component_stockout: () => 'a component of the order ran out of stock',
  bad_lot: (at) => `material of a bad lot came to ${at}`,
  wrong_material: (at) => `the wrong material was staged at ${at}`,
  quality_hold: () => 'quality put the batch on hold',
  inspection_drift: (at) => `the inspection at ${at} drifted and rejects good product`,
  ccp_failed: (at) => `a safety check of the product failed at ${at}`,
  parameter_changed: (at) => `a setting of ${at} was changed`,
  no_operator: (at) => `${at} waited for an operator and the post was not covered`,
  startup_after_changeover: (at) => `${at} did not come up cleanly after the changeover`,
  waiting_for_maintenance: (at) => `${at} waited for maintenance`,
  changeover: () => 'a changeover was planned',
  changeover_overrun: () => 'the changeover took longer than planned',
  no_order: () => 'there was no order to run',
  cleaning_overrun: () => 'the cleaning took longer than planned',
  compressed_air_low: () => 'the compressed air pressure fell too low',
  power_dip: () => 'the power dipped',
  cooling_warm: () => 'the cooling water was too warm',
  dispatch_full: () => 'finished product could not leave because the dispatch area was full',
  upstream_late: () => 'the process before the line delivered late',
  system_no_answer: (at) => `${at} did not answer`,
  sensor_outage: (at) => `the signals of ${at} failed`,
  planned_break: () => 'it was a planned break',
  no_shift: () => 'no shift was planned',
  planned_maintenance: () => 'maintenance was planned',
  cleaning: () => 'cleaning was planned',
  meeting: () => 'a meeting was planned',
};

/** Clause after "because"; for a cause this page does not name, `words` (a noun phrase) after "of". */
export function because(cause: string, at: string, words: string): string {
  const clause = clauses[cause];
  return clause ? `because ${clause(at)}` : `because of ${words}`;
}

const plans: Readonly<Record<string, string>> = {
  planned_break: 'for a planned break',
  planned_maintenance: 'for planned maintenance',
  changeover: 'for a planned changeover',
  cleaning: 'for planned cleaning',
  meeting: 'for a planned meeting',
  no_shift: 'because no shift was planned',
};

/** After "stopped": what was planned, said once. */
export const asPlanned = (cause: string, at: string): string =>
  plans[cause] ?? `as planned, ${because(cause, at, causeLabel(cause))}`;

/** The cause as a clause of its own: `the drive of the capper tripped`. */
export const causeClause = (cause: string, at: string): string => clauses[cause]?.(at) ?? causeLabel(cause);

/** A cause id as a label where no words came with it: `drive_trip` -> `drive trip`. */
const causeLabel = (cause: string): string => cause.replaceAll('_', ' ');
