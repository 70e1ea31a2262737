import { z } from 'zod';
import { ownCause } from './own-cause.ts';

/** Ids are lower case with dots and dashes: `line-3.filler`. They never change; names and aliases may. */
export const equipmentId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]*$/, 'ids are lower case letters, digits, dots and dashes');

const named = {
  id: equipmentId.describe('lower case letters, digits, dots and dashes; never changes'),
  name: z.string().min(1).describe('what people call it'),
  aliases: z.array(z.string().min(1)).default([]).describe('other words people use for it'),
};

/** A process value of a machine or utility. Names are snake_case and stable: `torque`, `speed`, `good_count`. */
const signalSpec = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .describe('as it stands in records, in snake_case: `torque`, `good_count`'),
  unit: z
    .string()
    .default('')
    .describe('as shown to people: `bpm`, `bar`, `°C`, `Nm`, `%`; empty for counters'),
  low: z.number().optional().describe('lower end of the engineering range (OPC UA EURange)'),
  high: z.number().optional().describe('upper end of it'),
  measures: z
    .string()
    .optional()
    .describe(
      'what it measures, in words the diagnosis knows: `pressure`, `temperature`, `level`, `count`, `reject_count`, `speed` ...',
    ),
});
export type SignalSpec = z.infer<typeof signalSpec>;

/** A work unit of ISA-95. */
const machine = z.strictObject({
  ...named,
  class: z
    .string()
    .min(1)
    .default('machine')
    .describe('what sort of machine, in the usual words: `filler`, `capper`, `labeller`, `packer` ...'),
  signals: z.array(signalSpec).default([]).describe('its process values'),
  rate: z.number().positive().optional().describe('nominal rate, units of the line’s product per minute'),
  connected: z
    .boolean()
    .default(true)
    .describe('false where no system reports its state: it is then reasoned about from its neighbours'),
});
export type Machine = z.infer<typeof machine>;

/** Product flows `from` -> `to`, machine ids of this line; between them a buffer. */
const flowEdge = z.strictObject({
  from: equipmentId.describe('machine that product leaves'),
  to: equipmentId.describe('machine that it goes to'),
  capacity: z
    .number()
    .nonnegative()
    .default(0)
    .describe('units of product that fit between the two; 0: they are coupled rigidly'),
  level: z
    .string()
    .optional()
    .describe('signal that shows the level of the buffer, as `equipment/signal`, where there is one'),
});
export type FlowEdge = z.infer<typeof flowEdge>;

/** Where material enters the line, or where product leaves it: a place a cause can lie, though no machine. */
const portal = z.strictObject({ ...named, at: equipmentId.describe('machine it is beside') });

/** A work center of ISA-95. */
const line = z.strictObject({
  ...named,
  area: z.string().optional().describe('ISA-95 area, for example the hall'),
  machines: z.array(machine).min(1).describe('its machines (work units), in the order of the flow'),
  flow: z.array(flowEdge).default([]).describe('how product goes from machine to machine'),
  reference: equipmentId
    .optional()
    .describe('machine whose standing still means that the line stands; without it the last machine'),
  supply: z
    .array(portal)
    .default([])
    .describe('where material comes in; without it `<line>.supply` at each machine without a predecessor'),
  dispatch: z
    .array(portal)
    .default([])
    .describe('where product goes out; without it `<line>.dispatch` after each machine without a successor'),
  stopLimitS: z
    .number()
    .positive()
    .default(120)
    .describe('a stop longer than this is told without asking, seconds'),
  minorStopS: z
    .number()
    .positive()
    .default(300)
    .describe('up to this a stop counts as minor (ISO 22400, six big losses), seconds'),
  standardS: z
    .record(z.string(), z.number().positive())
    .default({})
    .describe('standard time of planned activities, seconds: `changeover`, `cleaning`'),
  crew: z.number().int().positive().optional().describe('how many people the plan asks for'),
  rate: z.number().positive().optional().describe('nominal rate of the line, units per minute'),
});
export type Line = z.infer<typeof line>;

const serves = z
  .array(equipmentId)
  .default([])
  .describe('machine ids, or line ids for all machines of a line; empty: every machine of the plant');

/** Does a utility or a system serve this machine? A line stands for its machines; nothing said means everything. */
export const servesMachine = (serves: readonly string[], line: string, machine: string): boolean =>
  serves.length === 0 || serves.includes(machine) || serves.includes(line);

/** Does it serve a machine of this line? */
export const servesLine = (serves: readonly string[], { id, machines }: Line): boolean =>
  machines.some((machine) => servesMachine(serves, id, machine.id));

/** Compressed air, power, chilled water, steam, vacuum: something several machines share. */
const utility = z.strictObject({
  ...named,
  kind: z
    .enum(['compressed_air', 'power', 'chilled_water', 'steam', 'vacuum', 'gas', 'water', 'network', 'other'])
    .describe('what it carries'),
  serves,
  signals: z.array(signalSpec).default([]).describe('its measured values'),
});
export type Utility = z.infer<typeof utility>;

/** Start and end in plant time, `HH:MM`; an end before the start is on the next day. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM');
/** A break of a shift, in plant time: a line may stand then. */
const shiftBreak = z.strictObject({
  from: clockTime.describe('start, `HH:MM`'),
  to: clockTime.describe('end, `HH:MM`'),
});
const shift = z.strictObject({
  id: z.string().min(1).describe('short word'),
  name: z.string().min(1).describe('what people call it'),
  from: clockTime.describe('start in plant time, `HH:MM`'),
  to: clockTime.describe('end; before the start: on the next day'),
  breaks: z.array(shiftBreak).default([]).describe('when its lines may stand'),
});
export type ShiftSpec = z.infer<typeof shift>;

/** A site of ISA-95 with everything Andon must know to reason about it. Written in the YAML, under `plant:`. */
export const plant = z.strictObject({
  id: equipmentId.describe('short id of the site'),
  name: z.string().min(1).describe('what people call it'),
  timezone: z.string().min(1).describe('IANA zone, for example `Europe/Berlin`; people see this time'),
  language: z
    .enum(['en', 'es', 'de'])
    .default('en')
    .describe(
      'language of the names below, which stand in answers as they are written; answers are in English',
    ),
  shifts: z.array(shift).default([]).describe('when people work; outside of them a line may stand'),
  lines: z.array(line).min(1).describe('the lines (work centers)'),
  utilities: z.array(utility).default([]).describe('what several machines share'),
  systems: z
    .array(
      z.strictObject({
        ...named,
        serves,
      }),
    )
    .default([])
    .describe('IT systems a machine can wait for: label server, MES, gateway'),
  causes: z
    .array(ownCause)
    .optional()
    .describe('causes of stops that only this plant has; they are weighed beside those Andon knows'),
});
export type Plant = z.infer<typeof plant>;
