import { z } from 'zod';
import { causeClass } from './cause-class.ts';

const weight = z
  .number()
  .min(-3)
  .max(3)
  .describe('log-odds: 1 weak, 2 strong, 3 decisive; below 0: speaks against it');
const minutes = z.number().positive();

/** A cause that only this plant has, as its YAML describes it. */
export const ownCause = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/)
    .describe('short word in snake_case, not one of the catalogue'),
  class: causeClass.describe('what sort of cause it is'),
  words: z.string().min(1).describe('as people say it, a noun phrase; `{at}` becomes the place'),
  check: z.string().min(1).describe('the look that shows it; `{at}` becomes the place'),
  at: z.enum(['machine', 'line', 'supply', 'dispatch']).default('machine').describe('where it can lie'),
  machines: z
    .array(z.string())
    .default([])
    .describe('classes or ids of the machines it can happen to; none: all'),
  share: z.number().positive().max(10).default(1).describe('how common beside the others; 1 is usual'),
  alarms: z
    .array(
      z.strictObject({
        says: z.array(z.string().min(2)).min(1).describe('beginnings of words, any of them'),
        weight: weight.default(2.5),
      }),
    )
    .default([])
    .describe('words of alarms, notes and reasons'),
  signals: z
    .array(
      z.strictObject({
        measures: z
          .enum(['load', 'temperature', 'pressure', 'vibration', 'level', 'speed', 'rejects', 'setpoint'])
          .describe('what the signal measures; `load` is torque, current or force'),
        moves: z.enum(['up', 'down']).describe('which way'),
        deviations: z.number().positive().default(4).describe('robust standard deviations'),
        minutes: minutes.default(5).describe('how long before the stop'),
        weight: weight.default(2),
      }),
    )
    .default([])
    .describe('signals of the machine that leave their usual range'),
  events: z
    .array(
      z.strictObject({
        kind: z
          .enum(['quality', 'lot', 'maintenance', 'calendar', 'system', 'inspection'])
          .describe('kind of record'),
        field: z.string().describe('field of the record, for example `event` or `status`'),
        is: z.string().describe('its value, upper and lower case alike'),
        minutes: minutes.default(60).describe('how long before the stop'),
        weight: weight.default(2),
      }),
    )
    .default([])
    .describe('records of the MES and other systems'),
  stock: z
    .array(
      z.strictObject({
        material: z.string().describe('as the ERP calls it'),
        below: z.number().nonnegative().describe('free quantity under which it is too little'),
        weight: weight.default(3),
      }),
    )
    .default([])
    .describe('free stock in the ERP that is too low'),
});
export type OwnCause = z.infer<typeof ownCause>;
