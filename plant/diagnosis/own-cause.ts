import { z } from 'zod';
import type { Cause, Expectation } from './cause.ts';
import { causeClass } from './diagnosis.ts';
import { alarmSays, finding, near, noteSays, reasonSays, shows } from './expect.ts';
import type { Measure } from './looks.ts';
import { signalMoves } from './moves.ts';
import { plainText } from './words.ts';

/** Log-odds: 1 weak, 2 strong, 3 decisive. */
const weight = z.number().min(-3).max(3);
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
    .array(z.strictObject({ says: z.array(z.string().min(2)).min(1), weight: weight.default(2.5) }))
    .default([])
    .describe('words of alarms, notes and reasons'),
  signals: z
    .array(
      z.strictObject({
        measures: z.enum([
          'load',
          'temperature',
          'pressure',
          'vibration',
          'level',
          'speed',
          'rejects',
          'setpoint',
        ]),
        moves: z.enum(['up', 'down']),
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
        kind: z.enum(['quality', 'lot', 'maintenance', 'calendar', 'system', 'inspection']),
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
      z.strictObject({ material: z.string(), below: z.number().nonnegative(), weight: weight.default(3) }),
    )
    .default([])
    .describe('free stock in the ERP that is too low'),
});
export type OwnCause = z.infer<typeof ownCause>;

const groups = {
  quality: 'quality',
  inspection: 'quality',
  lot: 'mes',
  maintenance: 'maintenance',
  calendar: 'plan',
  system: 'system',
} as const;

/** People's words, not a pattern: each is found at the beginning of a word, signs have no meaning. */
const cueOf = (words: readonly string[]): RegExp =>
  new RegExp(`\\b(?:${words.map((one) => plainText(one).replaceAll(/[+<>=%]/g, '\\$&')).join('|')})`);

function eventShows({
  kind,
  field,
  is,
  minutes: before,
  weight: points,
}: OwnCause['events'][number]): Expectation {
  return shows(groups[kind], points, `${kind} ${field} ${is}`, (scene, { origin }) =>
    scene
      .valid(kind)
      .filter(
        ({ equipment }) => equipment === null || equipment === origin.entry || equipment === scene.line.id,
      )
      .filter(
        (record) => String((record as Record<string, unknown>)[field]).toLowerCase() === is.toLowerCase(),
      )
      .map((record) =>
        finding(scene, [record], near(Date.parse(record.at), scene.from, before * 60_000, 60_000)),
      ),
  );
}

const stockShows = ({ material, below, weight: points }: OwnCause['stock'][number]): Expectation =>
  shows(
    'erp',
    points,
    `too little stock of ${material}`,
    (scene) => {
      const free = scene.valid('stock').filter((one) => one.material === material && one.stock === 'free');
      const left = free.reduce((sum, { quantity }) => sum + quantity, 0);
      return free.length > 0 && left < below ? [finding(scene, free)] : [];
    },
    { missing: points > 0 ? points / 2 : 0, needs: 'stock' },
  );

/** At machines it cannot happen to, everything speaks against it. */
const notHere = (machines: readonly string[]): Expectation =>
  shows('place', -6, 'a machine it cannot happen to', (scene, { origin }) => {
    const kind = scene.line.machines.find(({ id }) => id === origin.entry)?.class ?? '';
    return machines.includes(kind) || machines.includes(origin.entry) ? [] : [{ strength: 1, evidence: [] }];
  });

/** The plant's own causes as entries of the catalogue: `diagnose(stop, [...catalogue, ...ownCauses(specs)])`. */
export const ownCauses = (specs: readonly OwnCause[]): Cause[] =>
  specs.map((spec) => ({
    id: spec.id,
    class: spec.class,
    scope: spec.at,
    share: spec.share,
    words: (at) => spec.words.replaceAll('{at}', at),
    check: (at) => spec.check.replaceAll('{at}', at),
    evidence: [
      ...spec.alarms.flatMap(({ says, weight: points }) => [
        alarmSays(cueOf(says), points, `an alarm "${says[0]}"`, points > 0 ? 0.8 : 0),
        noteSays(cueOf(says), points),
        reasonSays(cueOf(says), Math.min(1.2, points)),
      ]),
      ...spec.signals.map(({ measures, moves, deviations, minutes: before, weight: points }) =>
        signalMoves(
          {
            measure: measures satisfies Measure,
            direction: moves,
            z: deviations,
            beforeS: before * 60,
            afterS: 10,
          },
          points,
          `${measures} ${moves}`,
          points > 0 ? points / 2 : 0,
        ),
      ),
      ...spec.events.map(eventShows),
      ...spec.stock.map(stockShows),
      ...(spec.machines.length > 0 ? [notHere(spec.machines)] : []),
    ],
  }));
