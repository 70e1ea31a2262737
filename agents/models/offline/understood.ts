import { z } from 'zod';
import type { Named } from '../../../plant/names.ts';
import { isoTime } from '../../../plant/time.ts';

/** What a question wants. One question may want several. */
const intents = [
  'status',
  'why',
  'stops',
  'bottleneck',
  'order',
  'how_long',
  'since_when',
  'decisions',
  'alerts',
  'sources',
  'signals',
  'summary',
  'equipment',
  'capabilities',
  'record',
  'correct',
] as const;
export type Intent = (typeof intents)[number];

/** By what stops are ranked: each of them, their lines, or the places where they began. */
const rankings = ['stop', 'line', 'place'] as const;

/** How a question about stops wants them told. */
export type StopsAsked = {
  rank: (typeof rankings)[number] | null;
  /** How many of them. */
  top: number | null;
  /** Shorter ones are left out. */
  minSeconds: number | null;
  loss: 'minor_stop' | null;
  /** Another span to compare with. Times are ISO 8601. */
  than: { from: string; to: string } | null;
};

/** What a thread remembers: resolved names and times, no words of anybody. Times are ISO 8601. */
export const talkContext = z.object({
  intent: z.enum(intents),
  line: z.string().nullable(),
  machine: z.string().nullable(),
  from: isoTime.nullable(),
  to: isoTime.nullable(),
  at: isoTime.nullable(),
  /** The start of the stop that was last talked about, known from an answer. */
  stopAt: isoTime.nullable().optional(),
  /** The cause that was named for it. */
  cause: z.string().nullable().optional(),
  /** How stops were ranked: "and yesterday?" wants them the same way. */
  rank: z.enum(rankings).nullable().optional(),
});
export type TalkContext = z.infer<typeof talkContext>;

/** Why a question cannot be answered as it stands, in a sentence, and what could be asked instead. */
export type Unclear = {
  kind: 'no_intent' | 'no_time' | 'unknown_name' | 'which' | 'future' | 'line_needed';
  sentence: string;
  choices: readonly string[];
};

/** Where a question is about; `which`: what a name may mean, where it can mean several things. */
export type Where = { lines: readonly string[]; machine: string | null; which: readonly Named[] };

/** A question with its names and times resolved against the plant. */
export type Understood = {
  intents: readonly Intent[];
  /** Line ids; empty: the whole plant. */
  lines: readonly string[];
  /** A machine, utility, system or portal. */
  machine: string | null;
  from: string | null;
  to: string | null;
  at: string | null;
  /** The stop of the talk, by its start. */
  stopAt: string | null;
  /** The cause of that stop, where one was named. */
  cause: string | null;
  /** What is to be kept, where the question asks for that. */
  record: { response: string; because: string | null; until: string | null } | null;
  /** What is said of the cause that was told, where the sentence does that. */
  correction: { verb: 'wrong_cause' | 'right_cause'; words: string } | null;
  /** Names of process values, snake_case. */
  signals: readonly string[];
  stops: StopsAsked;
  /** The question without names and times: what to look for in what was decided. */
  topic: string;
  unclear: Unclear | null;
  /** To be kept for the next question of the thread; null: keep what there is. */
  context: TalkContext | null;
};
