/**
 * What a careful observer would have to see to tell a cause from the others. Used only to say whether a case can be
 * decided and which records decide it; nothing is made from it.
 */
export type Mark =
  /** An alarm of these conditions, at the place or anywhere. */
  | { sees: 'alarm'; of: readonly string[]; at: 'place' | 'line' }
  /** Values of a signal, by name or `main` or `magazine`. */
  | { sees: 'signal'; of: string }
  /** A machine's state in PackML, not only running and stopped. */
  | { sees: 'state'; at: 'place' | 'reference' }
  /** A record of a book: its kind, what its field has to be, and whether it has to be of the place or of the material that is used there. */
  | {
      sees: 'record';
      kind: string;
      field?: string;
      is?: readonly (string | number | boolean)[];
      at?: 'place' | 'material';
    };

const alarm = (of: string[], at: 'place' | 'line' = 'place'): Mark => ({ sees: 'alarm', of, at });
const signal = (of: string): Mark => ({ sees: 'signal', of });
const record = (kind: string, field?: string, ...is: (string | number | boolean)[]): Mark => ({
  sees: 'record',
  kind,
  ...(field ? { field, is } : {}),
});
const here = (kind: string, field: string, ...is: (string | number | boolean)[]): Mark => ({
  sees: 'record',
  kind,
  field,
  is,
  at: 'place',
});
const placeState: Mark = { sees: 'state', at: 'place' };

/** Ways to decide, the plainest first; each is complete by itself. */
export const decidedBy: Readonly<Record<string, readonly (readonly Mark[])[]>> = {
  infeed_jam: [[alarm(['infeed'])], [signal('torque'), placeState]],
  drive_trip: [[alarm(['overload'])], [signal('torque'), placeState], [signal('vibration')]],
  sensor_dirty: [[alarm(['infeed']), signal('torque')]],
  comms_loss: [[alarm(['comms', 'comms_io', 'comms_panel'])], [{ sees: 'record', kind: 'gap', at: 'place' }]],
  safety_stop: [[alarm(['guard'])]],
  temperature_low: [[signal('temperature')], [alarm(['temp_low'])]],
  valve_leak: [
    [signal('pressure'), signal('reject_count')],
    [alarm(['rejects']), here('inspection', 'status', 'failed')],
  ],
  overheating: [[signal('temperature')], [alarm(['temp_high', 'hot'])]],
  consumable_empty: [[alarm(['magazine_empty'])], [signal('magazine')]],
  component_stockout: [
    [{ sees: 'record', kind: 'stock', field: 'quantity', is: [0], at: 'material' }],
    [{ sees: 'record', kind: 'material_requirement', field: 'available', is: [0], at: 'material' }],
  ],
  bad_lot: [
    [here('lot', 'event', 'started'), alarm(['infeed'])],
    [here('lot', 'event', 'started'), signal('torque')],
  ],
  wrong_material: [[alarm(['mismatch'])], [here('lot', 'event', 'started'), placeState]],
  quality_hold: [[record('lot', 'held', true)], [record('stock', 'stock', 'blocked')]],
  inspection_drift: [
    [signal('main'), signal('reject_count')],
    [here('quality', 'event', 'calibration_due'), alarm(['rejects'])],
  ],
  ccp_failed: [[record('quality', 'event', 'test_failed')], [alarm(['test'])]],
  parameter_changed: [
    [here('quality', 'event', 'parameter_changed'), placeState],
    [signal('main'), signal('reject_count')],
  ],
  no_operator: [[record('crew')]],
  startup_after_changeover: [
    [record('calendar', 'activity', 'changeover'), alarm(['infeed'])],
    [record('calendar', 'activity', 'changeover'), placeState],
    [record('downtime_event', 'category', 'setup'), placeState],
  ],
  waiting_for_maintenance: [[here('maintenance', 'status', 'requested', 'arrived', 'in_progress', 'done')]],
  changeover: [
    [record('calendar', 'activity', 'changeover')],
    [record('downtime_event', 'category', 'setup')],
    [{ sees: 'state', at: 'reference' }],
  ],
  changeover_overrun: [
    [record('calendar', 'activity', 'changeover')],
    [record('downtime_event', 'category', 'setup')],
    [{ sees: 'state', at: 'reference' }],
  ],
  no_order: [[record('order', 'status', 'completed')]],
  cleaning: [
    [record('calendar', 'activity', 'cleaning')],
    [record('downtime_event', 'status', 'Cleaning')],
    [{ sees: 'state', at: 'reference' }],
  ],
  cleaning_overrun: [
    [record('calendar', 'activity', 'cleaning')],
    [record('downtime_event', 'status', 'Cleaning')],
    [{ sees: 'state', at: 'reference' }],
  ],
  break: [[]],
  compressed_air_low: [[signal('supply')], [alarm(['air'], 'line')]],
  power_dip: [[signal('supply')], [alarm(['power'], 'line')]],
  cooling_warm: [[signal('supply')]],
  dispatch_full: [[{ sees: 'state', at: 'reference' }], [alarm(['tailback'], 'line')]],
  upstream_late: [
    [record('lot', 'status', 'Lab release pending', 'In Mixing')],
    [alarm(['bulk'], 'line'), { sees: 'state', at: 'reference' }],
  ],
  system_no_answer: [[record('system', 'event', 'down')], [alarm(['host'], 'line')]],
  sensor_outage: [[record('downtime_event', 'category', 'production')], [record('system', 'event', 'down')]],
  none: [
    [{ sees: 'state', at: 'reference' }],
    [signal('reference')],
    [record('downtime_event', 'category', 'production')],
  ],
};
