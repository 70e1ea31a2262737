/**
 * What a careful observer would have to see to tell a cause from the others. Used only to say whether a case can be
 * decided and which records decide it; nothing is made from it.
 */
export type Mark =
  /** An alarm of these conditions, at the place or anywhere. */
  | { sees: 'alarm'; of: readonly string[]; at: 'place' | 'line' | 'reference' }
  /** Values of a signal, by name or `main` or `magazine`. */
  | { sees: 'signal'; of: string }
  /** Where it stands of its own: its state in PackML, or what the machines next to it say they wait for; at the reference its own state. */
  | { sees: 'state'; at: 'place' | 'reference' }
  /** A machine of the line that says this unit mode. */
  | { sees: 'mode'; of: string }
  /** A signal of two machines or more that the place serves. */
  | { sees: 'served'; of: string }
  /** That no supply which several machines share could be it: their water, or another machine on it, can be seen. */
  | { sees: 'alone' }
  /** Maintenance was called for the place and did not come for so many seconds. */
  | { sees: 'waited'; s: number }
  /** A record of a book: its kind, what its field has to be, and whether it has to be of the place or of the material that is used there. */
  | {
      sees: 'record';
      kind: string;
      field?: string;
      is?: readonly (string | number | boolean | null)[];
      at?: 'place' | 'material';
    };

const alarm = (of: string[], at: 'place' | 'line' | 'reference' = 'place'): Mark => ({
  sees: 'alarm',
  of,
  at,
});
const signal = (of: string): Mark => ({ sees: 'signal', of });
const record = (kind: string, field?: string, ...is: (string | number | boolean | null)[]): Mark => ({
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
const mode = (of: string): Mark => ({ sees: 'mode', of });
const alone: Mark = { sees: 'alone' };

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
  overheating: [
    [signal('temperature'), alone],
    [alarm(['temp_high', 'hot']), alone],
  ],
  consumable_empty: [[alarm(['magazine_empty'])], [signal('magazine')]],
  component_stockout: [
    [{ sees: 'record', kind: 'stock', field: 'quantity', is: [0], at: 'material' }],
    [{ sees: 'record', kind: 'material_requirement', field: 'available', is: [0], at: 'material' }],
  ],
  bad_lot: [
    [here('lot', 'event', 'started'), alarm(['infeed'])],
    [here('lot', 'event', 'started'), signal('torque')],
  ],
  wrong_material: [
    [alarm(['mismatch'])],
    // An article that the order does not need; what it needs is known.
    [here('lot', 'event', 'started'), record('material_requirement'), placeState],
  ],
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
    [record('calendar', 'activity', 'changeover'), placeState],
    [record('downtime_event', 'category', 'setup'), placeState],
    [mode('Setup'), placeState],
  ],
  // Ten minutes is what a technician takes who comes at once.
  waiting_for_maintenance: [[{ sees: 'waited', s: 600 }]],
  changeover: [
    [record('calendar', 'activity', 'changeover')],
    [record('downtime_event', 'category', 'setup')],
    [mode('Setup')],
  ],
  changeover_overrun: [
    [record('calendar', 'activity', 'changeover')],
    [record('downtime_event', 'category', 'setup')],
    [mode('Setup')],
  ],
  no_order: [[record('order', 'status', 'completed')]],
  cleaning: [
    [record('calendar', 'activity', 'cleaning')],
    [record('downtime_event', 'status', 'Cleaning')],
    [mode('Clean')],
  ],
  cleaning_overrun: [
    [record('calendar', 'activity', 'cleaning')],
    [record('downtime_event', 'status', 'Cleaning')],
    [mode('Clean')],
  ],
  break: [[]],
  compressed_air_low: [
    [signal('supply')],
    [alarm(['air'], 'line')],
    [here('maintenance', 'status', 'requested', 'arrived', 'in_progress', 'done')],
  ],
  // Every drive out in one second, and then nothing is heard of any machine.
  power_dip: [[signal('supply')], [alarm(['power'], 'line')], [record('gap', 'equipment', null)]],
  cooling_warm: [[signal('supply')], [{ sees: 'served', of: 'temperature' }]],
  dispatch_full: [[{ sees: 'state', at: 'reference' }], [alarm(['tailback'], 'reference')]],
  upstream_late: [
    [record('lot', 'status', 'Lab release pending', 'In Mixing')],
    [alarm(['bulk'], 'line'), placeState],
  ],
  system_no_answer: [[record('system', 'event', 'down')], [alarm(['host'], 'line')]],
  sensor_outage: [[record('downtime_event', 'category', 'production')], [record('system', 'event', 'down')]],
  none: [
    [{ sees: 'state', at: 'reference' }],
    [signal('reference')],
    [record('downtime_event', 'category', 'production')],
  ],
};
