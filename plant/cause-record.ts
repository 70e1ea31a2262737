import { z } from 'zod';
import { catalogue } from './diagnosis/causes/catalogue.ts';
import { causeClass } from './cause-class.ts';
import type { CauseClass } from './cause-class.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { ConfirmedCause } from './diagnosis/stop-case.ts';
import type { Plant } from './equipment.ts';
import { fishbone, fishboneOf } from './fishbone.ts';
import { role } from './person.ts';
import { causeWhys, furtherWhys, methodWhy, wayWhys, type Why } from './say/en/whys.ts';
import { stop } from './stop.ts';
import type { IsoTime } from './time.ts';
import { isoTime } from './time.ts';

/** One question of the 5 whys. Without a record that shows it the answer stays empty; it is never filled with prose. */
const why = z
  .object({ why: z.string(), because: z.string().nullable(), evidence_id: z.string().nullable() })
  .refine((one) => one.evidence_id !== null || one.because === null, {
    message: 'expected an evidence id: a why without evidence stays null',
  });

const root = z.object({
  cause_id: z.string(),
  class: causeClass.nullable(),
  place: z.string().nullable(),
  /** Since when its place could no longer work as it should. */
  at: isoTime.nullable(),
  status: z.enum(['proposed', 'confirmed', 'refuted']),
  /** The role, never the name. */
  confirmed_by: role.nullable(),
  confirmed_at: isoTime.nullable(),
  /** What the records had led to, where people confirmed another cause. */
  instead_of: z.object({ cause_id: z.string(), place: z.string().nullable() }).nullable(),
  whys: z.array(why),
  /** Why nobody noticed it earlier. */
  escape_point: z.string().nullable(),
});
type CauseRoot = z.infer<typeof root>;

/**
 * Why a line stopped, as quality departments keep it: 8D with its 5 whys and the fishbone. What was seen
 * (`d2_problem.observed_loss`) and what it is put down to (`attributed_to`) are two things. Times are UTC.
 */
export const causeRecord = z.object({
  stop: z.string(),
  d2_problem: z.object({
    line: z.string(),
    /** Where it was seen: the machine by which the line is counted; null where nobody reports it. */
    machine: z.string().nullable(),
    start: isoTime,
    end: isoTime.nullable(),
    observed_loss: stop.shape.loss,
    units_lost: z.number().nonnegative().nullable(),
    order: z.string().nullable(),
  }),
  d3_containment: z.array(
    z.object({ action: z.string(), by: role.nullable(), at: isoTime, until: isoTime.nullable() }),
  ),
  attributed_to: z.object({ place: z.string().nullable(), class: causeClass.nullable() }),
  /** The alarm that came first at each machine, by alarm id: what later stops are compared by. */
  first_alarms: z.array(z.object({ equipment: z.string(), alarm: z.string() })),
  hypotheses: z.array(
    z.object({
      cause_id: z.string(),
      place: z.string(),
      words: z.string(),
      fishbone,
      p: z.number().min(0).max(1),
      evidence: z.array(z.string()),
      against: z.array(z.string()),
    }),
  ),
  d4_root: root,
  /** What went wrong after it and kept the line standing, oldest first. */
  d4_further: z.array(root),
  d5_choice: z
    .object({
      response: z.string(),
      alternatives: z.array(z.string()),
      constraint: z.string(),
      tradeoff: z.string(),
    })
    .nullable(),
  d6_outcome: z
    .object({
      checked_at: isoTime,
      /** As people said; null: nobody said it yet, the time alone was measured. */
      effective: z.boolean().nullable(),
      /** From the choice until the line ran again. */
      minutes_to_run: z.number().nullable(),
      recurrence_of: z.string().nullable(),
    })
    .nullable(),
  d7_prevent: z.string().nullable(),
  d8_closed_by: role.nullable(),
});
export type CauseRecord = z.infer<typeof causeRecord>;

type Found = { cause: string; class: CauseClass | null; place: string | null; at: IsoTime | null };

const proposed = ({ cause, class: of, place, at }: Found, whys: Why[]): CauseRoot => ({
  cause_id: cause,
  class: of,
  place,
  at,
  status: 'proposed',
  confirmed_by: null,
  confirmed_at: null,
  instead_of: null,
  whys,
  escape_point: null,
});

/** The questions from the line back to the place, and the last one answered by the cause. */
function whysOf(diagnosis: Diagnosis, plant: Plant): Why[] {
  const way = wayWhys(diagnosis, plant);
  const last = way.pop();
  return [...way, ...causeWhys(last?.why ?? '', diagnosis.roots[0] ?? null, plant)];
}

/**
 * The cause record of a diagnosis, as a proposal: a person confirms it or says what it was.
 * `known`: what the diagnosis does not know of the stop.
 */
export function causeRecordOf(
  diagnosis: Diagnosis,
  plant: Plant,
  known: { order?: string | null; unitsLost?: number | null } = {},
): CauseRecord {
  const { stop: stood, candidates, chain, roots, place, cause } = diagnosis;
  const line = plant.lines.find(({ id }) => id === stood.line);
  const [first, ...further] = roots;
  const whys = whysOf(diagnosis, plant);
  return causeRecord.parse({
    stop: stood.id,
    d2_problem: {
      line: stood.line,
      machine: chain.at(-1)?.to ?? line?.reference ?? diagnosis.machine,
      start: stood.from,
      end: stood.to,
      observed_loss: stood.loss,
      units_lost: known.unitsLost ?? null,
      order: known.order ?? null,
    },
    d3_containment: [],
    attributed_to: { place, class: diagnosis.class },
    first_alarms: diagnosis.first_alarms ?? [],
    hypotheses: candidates
      .filter((one) => one.cause !== 'other' && one.cause !== 'unknown')
      .slice(0, 8)
      .map((one) => ({
        cause_id: one.cause,
        place: one.place,
        words: one.words,
        fishbone: fishboneOf(one.cause, one.class),
        p: one.p,
        evidence: one.for,
        against: one.against,
      })),
    d4_root: first
      ? proposed(first, whys)
      : proposed({ cause, class: diagnosis.class, place, at: null }, whys),
    d4_further: further.map((one) => proposed(one, furtherWhys(one, diagnosis, plant))),
    d5_choice: null,
    d6_outcome: null,
    d7_prevent: null,
    d8_closed_by: null,
  } satisfies CauseRecord);
}

/** What a person says it was. `by`: their role; `class`: for a cause of the plant's own. */
type Confirmation = {
  cause: string;
  place: string | null;
  class?: CauseClass | null;
  by: z.infer<typeof role>;
  at: IsoTime;
};

/** The whys up to the place stay where the place does; the last rests on a record or stays empty. */
function corrected(
  { whys, class: of, place: at }: CauseRoot,
  place: string | null,
  said: CauseRecord['hypotheses'][number] | undefined,
): Why[] {
  const last = whys.length - (of === 'people' ? 2 : 1);
  const way = at === place ? whys.slice(0, last) : whys.slice(0, 0);
  const asked = (at === place ? whys[last] : whys[0])?.why ?? '';
  const record = said?.evidence[0] ?? null;
  const told = { why: asked, because: record && said ? said.words : null, evidence_id: record };
  return said?.fishbone === 'man' ? [...way, told, methodWhy] : [...way, told];
}

/**
 * The record with its root confirmed. Another cause or place than the proposed one takes its place.
 */
export function confirmed(record: CauseRecord, said: Confirmation): CauseRecord {
  const { cause, place, by, at } = said;
  const seal = { status: 'confirmed' as const, confirmed_by: by, confirmed_at: at };
  const { d4_root: before, d4_further: further, hypotheses } = record;
  const is = (one: CauseRoot): boolean => one.cause_id === cause && one.place === place;
  if (is(before)) return { ...record, d4_root: { ...before, ...seal } };
  const listed = further.find(is);
  const listedAs = hypotheses.find((one) => one.cause_id === cause && one.place === place);
  const of = said.class ?? listed?.class ?? catalogue.find(({ id }) => id === cause)?.class ?? null;
  return {
    ...record,
    attributed_to: { place, class: of },
    d4_root: {
      ...proposed({ cause, class: of, place, at: listed?.at ?? null }, corrected(before, place, listedAs)),
      ...seal,
      instead_of: { cause_id: before.cause_id, place: before.place },
    },
    d4_further: further.filter((one) => !is(one)),
  };
}

/** The record with its proposal refused, where nobody can say yet what it was. */
export const refuted = (record: CauseRecord, { by, at }: Pick<Confirmation, 'by' | 'at'>): CauseRecord => ({
  ...record,
  d4_root: { ...record.d4_root, status: 'refuted', confirmed_by: by, confirmed_at: at },
});

/** What the priors learn from a confirmed record; null while nobody confirmed it, and for `other`, which names none. */
export function confirmedCauseOf(record: CauseRecord, plant: Plant): ConfirmedCause | null {
  const { d4_root: found, d2_problem: problem, first_alarms: alarms } = record;
  if (found.status !== 'confirmed' || found.cause_id === 'other') return null;
  const machine = plant.lines.flatMap(({ machines }) => machines).find(({ id }) => id === found.place);
  return {
    line: problem.line,
    machine: machine?.id ?? null,
    machineClass: machine?.class ?? null,
    firstAlarm: alarms.find(({ equipment }) => equipment === machine?.id)?.alarm ?? null,
    cause: found.cause_id,
    at: Date.parse(problem.start),
  };
}
