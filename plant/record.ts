import { z } from 'zod';
import { equipmentId } from './equipment.ts';
import { packmlState, unitMode, waiting } from './state.ts';
import { isoTime } from './time.ts';

/**
 * What connectors hand over and memory keeps. One record is one fact of one system.
 * `source` + `kind` + `key` name it for ever: handing the same one over again changes nothing,
 * handing over a newer version (same key, later `version`) replaces what is known of it.
 */
const header = {
  /** The connector's id in the YAML. */
  source: z.string().min(1),
  /** The source's own business key, made unique within source and kind. */
  key: z.string().min(1),
  /** Grows when the same thing changes, for example an order's change stamp. */
  version: z.string().default(''),
  /** Line, machine, utility, supply point, dispatch or system of the plant; null where it concerns all or none is known. */
  equipment: equipmentId.nullable(),
  /** When it happened, by the source's clock. */
  at: isoTime,
  /** When Andon saw it, by Andon's clock. */
  observedAt: isoTime,
  quality: z.enum(['good', 'uncertain', 'bad']).default('good'),
};
const text = z.string();
const quantity = z.number();
const time = isoTime.nullable().default(null);

const kinds = {
  /** A machine (or line) changed state. `raw` is the source's own word; `plain`: a vendor word such as Running or Stopped, not PackML. */
  state: {
    state: packmlState,
    waiting: waiting.nullable().default(null),
    mode: unitMode.nullable().default(null),
    raw: text,
    plain: z.boolean().default(false),
  },
  /** An alarm came, went or was acknowledged (OPC UA Part 9, ISA-18.2). `severity` 1 to 1000. */
  alarm: {
    alarm: text,
    text,
    severity: z.number().int().min(1).max(1000).default(500),
    active: z.boolean(),
    acknowledged: z.boolean().nullable().default(null),
  },
  /** What somebody wrote. Weak evidence, shown as text, never obeyed. `author` is a role, not a name. */
  note: { text, author: text.nullable().default(null) },
  /** A status entry of the MES for a work center. `reason` is null where the MES gives none. `operators`: how many are signed on. */
  downtime_event: {
    status: text,
    category: z.enum(['production', 'setup', 'maintenance', 'idle', 'downtime', 'unknown']),
    from: isoTime,
    to: time,
    reason: text.nullable().default(null),
    order: text.nullable().default(null),
    operators: z.number().int().nonnegative().nullable().default(null),
  },
  order: {
    order: text,
    material: text,
    description: text.default(''),
    planned: quantity,
    confirmed: quantity.default(0),
    unit: text.default(''),
    status: z.enum(['created', 'released', 'started', 'held', 'completed', 'closed', 'cancelled', 'unknown']),
    start: time,
    end: time,
    due: time,
  },
  operation: {
    order: text,
    operation: text,
    description: text.default(''),
    status: z.enum(['created', 'released', 'started', 'held', 'completed', 'unknown']),
    planned: quantity.nullable().default(null),
    confirmed: quantity.nullable().default(null),
    unit: text.default(''),
    start: time,
    end: time,
  },
  /** Stock of a material at a place: `free` to use, in quality `inspection`, or `blocked`. */
  stock: {
    material: text,
    description: text.default(''),
    location: text.default(''),
    batch: text.nullable().default(null),
    stock: z.enum(['free', 'inspection', 'blocked']),
    quantity,
    unit: text.default(''),
  },
  material_requirement: {
    order: text,
    material: text,
    description: text.default(''),
    required: quantity,
    withdrawn: quantity.default(0),
    available: quantity.nullable().default(null),
    unit: text.default(''),
    due: time,
  },
  scrap: {
    quantity,
    unit: text.default(''),
    reason: text.nullable().default(null),
    order: text.nullable().default(null),
  },
  lot: {
    lot: text,
    material: text,
    status: text,
    held: z.boolean().default(false),
    supplier: text.nullable().default(null),
    quantity: quantity.nullable().default(null),
    unit: text.default(''),
    event: z.enum(['staged', 'started', 'finished', 'status', 'received']).default('status'),
  },
  quality: {
    event: z.enum([
      'hold',
      'release',
      'test_failed',
      'test_passed',
      'limit',
      'parameter_changed',
      'calibration_due',
    ]),
    subject: text,
    text: text.default(''),
  },
  maintenance: {
    order: text,
    text,
    status: z.enum(['requested', 'arrived', 'in_progress', 'done', 'overdue', 'planned']),
    requested: time,
    arrived: time,
    done: time,
  },
  inspection: {
    inspection: text,
    template: text.default(''),
    status: text,
    failed: z.array(text).default([]),
    text: text.default(''),
  },
  /** How many people are at the line against how many the plan asks for. Counts and roles, never names. */
  crew: {
    present: z.number().int().nonnegative(),
    planned: z.number().int().nonnegative(),
    role: text.nullable().default(null),
  },
  /** A planned activity of the calendar or the schedule. `standardS`: its standard time in seconds. */
  calendar: {
    activity: z.enum([
      'break',
      'no_shift',
      'planned_maintenance',
      'changeover',
      'cleaning',
      'meeting',
      'no_order',
    ]),
    from: isoTime,
    to: time,
    standardS: z.number().positive().nullable().default(null),
    order: text.nullable().default(null),
    text: text.default(''),
  },
  /** Something about an IT system: it went down, came up, was changed. */
  system: { component: text, event: z.enum(['down', 'up', 'degraded', 'changed']), text: text.default('') },
  /**
   * A time for which the source has no data. `equipment: null`: the whole source. `only`: what of it is missing;
   * `values`: states are known all the same (values and alarms are not); `alarms`: states and values are.
   */
  gap: { from: isoTime, to: time, reason: text, only: z.enum(['values', 'alarms']).optional() },
} as const;

const shape = <K extends keyof typeof kinds>(kind: K) =>
  z.object({ kind: z.literal(kind), ...header, ...kinds[kind] });
export const plantRecord = z.discriminatedUnion('kind', [
  shape('state'),
  shape('alarm'),
  shape('note'),
  shape('downtime_event'),
  shape('order'),
  shape('operation'),
  shape('stock'),
  shape('material_requirement'),
  shape('scrap'),
  shape('lot'),
  shape('quality'),
  shape('maintenance'),
  shape('inspection'),
  shape('crew'),
  shape('calendar'),
  shape('system'),
  shape('gap'),
]);
export type PlantRecord = z.infer<typeof plantRecord>;
export type RecordKind = PlantRecord['kind'];
export type RecordOf<K extends RecordKind> = Extract<PlantRecord, { kind: K }>;
export const recordKinds = Object.keys(kinds) as RecordKind[];

/** One value of one signal. Bad quality never becomes a reading. `at` is milliseconds, the source's clock. */
const reading = z.object({
  equipment: equipmentId,
  signal: z.string(),
  at: z.number(),
  value: z.number(),
});
export type Reading = z.infer<typeof reading>;

/** The average of one signal over one minute that starts at `at` (milliseconds). */
export const minuteReading = reading.extend({
  low: z.number(),
  high: z.number(),
  count: z.number().int().positive(),
});
export type MinuteReading = z.infer<typeof minuteReading>;

/** Recorded whole or not at all, together with the checkpoint to go on from. One line of `batches.jsonl`. */
export const batch = z.object({
  source: z.string().min(1),
  records: z.array(plantRecord).default([]),
  readings: z.array(reading).default([]),
  minutes: z.array(minuteReading).default([]),
  /** Whatever the connector needs to go on after this batch; null: keep the old one. */
  checkpoint: z.record(z.string(), z.unknown()).nullable().default(null),
});
export type Batch = z.infer<typeof batch>;
