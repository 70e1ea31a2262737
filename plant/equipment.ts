import { z } from 'zod';

/** Ids are lower case with dots and dashes: `line-3.filler`. They never change; names and aliases may. */
export const equipmentId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]*$/, 'ids are lower case letters, digits, dots and dashes');
export type EquipmentId = string;

const named = {
  id: equipmentId,
  /** What people call it. */
  name: z.string().min(1),
  /** Other words people use for it. */
  aliases: z.array(z.string().min(1)).default([]),
};

/** A process value of a machine or utility. Names are snake_case and stable: `torque`, `speed`, `good_count`. */
export const signalSpec = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]+$/),
  /** UCUM-like unit as shown to people: `bpm`, `bar`, `°C`, `Nm`, `%`. Empty for counters. */
  unit: z.string().default(''),
  /** Engineering range (OPC UA EURange), where known. */
  low: z.number().optional(),
  high: z.number().optional(),
  /** What the signal measures, in words a diagnosis can use: `pressure`, `temperature`, `level`, `count`, `reject_count`, `speed` ... */
  measures: z.string().optional(),
});
export type SignalSpec = z.infer<typeof signalSpec>;

/** A work unit of ISA-95. */
export const machine = z.strictObject({
  ...named,
  /** What sort of machine: `filler`, `capper`, `labeller`, `packer`, `palletizer` ... in the field's usual words. */
  class: z.string().min(1).default('machine'),
  signals: z.array(signalSpec).default([]),
  /** Nominal rate, in units of the line's product per minute. */
  rate: z.number().positive().optional(),
  /** False where no system reports this machine's state: it is reasoned about from its neighbours. */
  connected: z.boolean().default(true),
});
export type Machine = z.infer<typeof machine>;

/** Product flows `from` -> `to`, machine ids of this line; between them a buffer. */
export const flowEdge = z.strictObject({
  from: equipmentId,
  to: equipmentId,
  /** Units of product that fit between the two machines; 0 = none (rigid coupling). */
  capacity: z.number().nonnegative().default(0),
  /** The signal that shows the buffer's level, as `equipment/signal`, where there is one. */
  level: z.string().optional(),
});
export type FlowEdge = z.infer<typeof flowEdge>;

/** Where material enters the line, or where product leaves it: a place a cause can lie, though no machine. */
export const portal = z.strictObject({ ...named, at: equipmentId });
export type Portal = z.infer<typeof portal>;

/** A work center of ISA-95. */
export const line = z.strictObject({
  ...named,
  area: z.string().optional(),
  machines: z.array(machine).min(1),
  flow: z.array(flowEdge).default([]),
  /** The machine whose standing still means that the line stands; default: the last machine. */
  reference: equipmentId.optional(),
  /** Material in, at a machine of this line. Default: one, `<line>.supply`, at each machine without a predecessor. */
  supply: z.array(portal).default([]),
  /** Product out. Default: `<line>.dispatch` after each machine without a successor. */
  dispatch: z.array(portal).default([]),
  /** A stop longer than this is told without asking, seconds. */
  stopLimitS: z.number().positive().default(120),
  /** ISO 22400 / six big losses: up to this it is a minor stop, seconds. */
  minorStopS: z.number().positive().default(300),
  /** Standard times of planned activities, seconds, by activity. */
  standardS: z.record(z.string(), z.number().positive()).default({}),
  /** How many people the plan asks for at this line. */
  crew: z.number().int().positive().optional(),
  /** Nominal rate of the line, units per minute. */
  rate: z.number().positive().optional(),
});
export type Line = z.infer<typeof line>;

/** Compressed air, power, chilled water, steam, vacuum: something several machines share. */
export const utility = z.strictObject({
  ...named,
  kind: z.enum([
    'compressed_air',
    'power',
    'chilled_water',
    'steam',
    'vacuum',
    'gas',
    'water',
    'network',
    'other',
  ]),
  /** Machine ids, or line ids for all machines of a line. */
  serves: z.array(equipmentId).default([]),
  signals: z.array(signalSpec).default([]),
});
export type Utility = z.infer<typeof utility>;

/** Start and end in plant time, `HH:MM`; an end before the start is on the next day. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM');
/** A break of a shift, in plant time: a line may stand then. */
const shiftBreak = z.strictObject({ from: clockTime, to: clockTime });
export const shift = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  from: clockTime,
  to: clockTime,
  breaks: z.array(shiftBreak).default([]),
});
export type ShiftSpec = z.infer<typeof shift>;

/** A site of ISA-95 with everything Andon must know to reason about it. Written in the YAML, under `plant:`. */
export const plant = z.strictObject({
  id: equipmentId,
  name: z.string().min(1),
  /** IANA zone; people see this time, records are UTC. */
  timezone: z.string().min(1),
  language: z.enum(['en', 'es', 'de']).default('en'),
  shifts: z.array(shift).default([]),
  lines: z.array(line).min(1),
  utilities: z.array(utility).default([]),
  /** IT systems a machine can wait for: label server, MES, gateway. A cause can lie there. */
  systems: z.array(z.strictObject({ ...named, serves: z.array(equipmentId).default([]) })).default([]),
});
export type Plant = z.infer<typeof plant>;
