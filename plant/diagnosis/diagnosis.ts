import { z } from 'zod';
import { causeClass } from '../cause-class.ts';
import { claim, completeness, evidence } from '../evidence.ts';
import { stop } from '../stop.ts';
import { isoTime } from '../time.ts';

/** One step of the chain: `from` brought `to` to a stand. `kind`: how it travelled. */
const chainStep = z.object({
  from: z.string(),
  to: z.string(),
  kind: z.enum(['starves', 'blocks', 'stops', 'supplies', 'holds']),
  at: isoTime,
  /** True where nobody reported it and it follows from the neighbours. */
  inferred: z.boolean().default(false),
});
export type ChainStep = z.infer<typeof chainStep>;

/** One possible cause with what speaks for and against it. `p` is a share of 1 over all candidates, `other` and `unknown`. */
const candidate = z.object({
  cause: z.string(),
  class: causeClass.nullable(),
  place: z.string(),
  p: z.number(),
  /** Evidence ids. */
  for: z.array(z.string()),
  against: z.array(z.string()),
  /** In words a supervisor uses: "jam at the packer infeed". */
  words: z.string(),
  /** It goes with the likeliest one, as a wait for maintenance with a trip: no rival of it. */
  beside: z.boolean().optional(),
});
export type Candidate = z.infer<typeof candidate>;

/** One thing that went wrong, and since when its place could no longer work as it should. */
const rootCause = z.object({
  place: z.string(),
  cause: z.string(),
  class: causeClass.nullable(),
  at: isoTime,
  p: z.number(),
  /** Evidence ids. */
  evidence: z.array(z.string()),
});
export type RootCause = z.infer<typeof rootCause>;

/** Why a line stopped. The stable shape of `npm run ask -- --json` and of `explain_stop`. */
export const diagnosis = z.object({
  stop,
  planned: z.boolean(),
  /** The machine on the line where it began, where the origin is one; else null. */
  machine: z.string().nullable(),
  /** The id of the origin: machine, utility, supply point, dispatch, system, or the source; null when not localised. */
  place: z.string().nullable(),
  /** A catalogue id, `other` (none of the causes known) or `unknown`. */
  cause: z.string(),
  class: causeClass.nullable(),
  p: z.number(),
  chain: z.array(chainStep),
  /** Everything that went wrong, oldest first: more than one entry where one thing came to another. Empty: no cause is named. */
  roots: z.array(rootCause),
  /** The alarm that came first at each machine that stood, by alarm id: later stops are compared by it. */
  first_alarms: z.array(z.object({ equipment: z.string(), alarm: z.string() })).optional(),
  /** What people confirmed of stops like this one: `3 of the last 5 stops of the packer ... had this cause`. */
  history: z.string().optional(),
  ruled_out: z.array(
    z.object({ cause: z.string(), words: z.string(), because: z.string(), evidence: z.array(z.string()) }),
  ),
  unknown: z.array(z.string()),
  /** The one look that separates the leading causes best. */
  next_check: z.string().nullable(),
  /** True: not enough evidence to name a cause. `machine` and `chain` may still be there. */
  abstained: z.boolean(),
  candidates: z.array(candidate),
  claims: z.array(claim),
  evidence: z.array(evidence),
  completeness,
});
export type Diagnosis = z.infer<typeof diagnosis>;
