import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { ShownCauseRecord } from './cause-record-decided.ts';
import type { Plant } from './equipment.ts';
import type { AlertMessage, Answer, CorrectionMessage, DecisionMessage, Message, Notice } from './message.ts';
import type { Person, Verb } from './person.ts';
import type { PackmlState, Waiting } from './state.ts';
import type { Clock, Millis } from './time.ts';

/** A question as it came in. `thread` names the conversation; follow-ups in it know what was asked before. */
export type Question = {
  text: string;
  thread: string | null;
  person: Person | null;
  surface: string;
  signal?: AbortSignal;
};

/** A button that was pressed or a form that was sent. `inputs`: the form's fields. */
export type Press = {
  verb: Verb;
  subject: string;
  person: Person;
  surface: string;
  place: string | null;
  inputs?: Readonly<Record<string, string>>;
};

/** What a press is answered with: a card to read and press on, or a short note. */
export type Reply = Notice | DecisionMessage | CorrectionMessage;

/** One machine over a stretch of time, oldest first. */
export type MachineSpans = {
  machine: string;
  name: string;
  spans: { from: Millis; to: Millis; state: PackmlState; waiting: Waiting | null }[];
};

/** Where a copy of a message is, so that it can be changed in place. The surface alone understands `id`. */
export type MessagePlace = { surface: string; place: string; id: string };

/**
 * What Andon offers to a chat surface. `press` commits first and then returns what to show to the presser;
 * changed cards are sent to every copy by the outbox.
 */
export type SurfaceContext = {
  plant: Plant;
  clock: Clock;
  people: readonly Person[];
  ask(question: Question): Promise<Answer>;
  press(press: Press): Promise<Reply>;
  /** The structured result of one of Andon's own read-only tools, for the page's strips, alerts and pictures. */
  look(tool: string, input: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Alerts as they are told now: those that are not over, and those that ended within the last hour. */
  alerts(): Promise<AlertMessage[]>;
  /** What each machine of a line did between two times, in the order of the flow. */
  machineSpans(line: string, from: Millis, to: Millis): Promise<MachineSpans[]>;
  /** The record behind a piece of evidence, whole, as JSON; null where it is gone (retention). */
  record(evidenceId: string): Promise<unknown>;
  /** The cause record of a stop by its id; null: the line ran then, or its records are gone. */
  causeRecord(stop: string): Promise<ShownCauseRecord | null>;
  /** Calls back whenever an alert or a decision changed, until the returned function is called. */
  onChange(listener: () => void): () => void;
  /** Register an HTTP route on the one server; `own: true`: the surface checks signature or token itself. */
  route(route: Route): void;
  /** True the first time this event id is seen, kept in the database; retries get false. */
  firstTime(surface: string, eventId: string): Promise<boolean>;
  /** Small values that must outlive the process, for example a Teams conversation reference; `null` forgets one. */
  keep: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  log: (sentence: string) => void;
};

/** Who calls and with what. `signedIn`: false only on `open` routes, and never where no sign-in is asked for. `bytes`: what a POST sent, under the server's cap; `body`: its JSON, null for a GET and for `own` routes. */
export type Caller = { person: Person | null; signedIn: boolean; body: unknown; bytes: Buffer };

/**
 * One entry of the route table. Host, Origin, size and sign-in are checked before `handle` runs; a thrown
 * `AndonError` becomes a status and a JSON sentence. `path` ends in `/*` to match everything below.
 * `own`: the handler reads `bytes` in its own protocol (Slack, Teams, MCP).
 * `changes`: the route changes something and also needs the page's session token.
 * `open`: no sign-in, for health checks, for the sign-in itself, and where the handler checks a signature (Slack, Teams).
 */
export type Route = {
  method: 'GET' | 'POST' | 'ANY';
  path: string;
  own?: boolean;
  changes?: boolean;
  open?: boolean;
  handle(request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void> | void;
};

/** An open chat surface. `tell` posts or, given `at`, changes in place; it throws `AndonError` with `busy` and `details.retryAt` (ms) on 429. */
export type OpenSurface = {
  id: string;
  /** Where alerts of this line go: channels or conversations of this surface. */
  placesFor(line: string): readonly string[];
  tell(message: Message, place: string, at: MessagePlace | null): Promise<MessagePlace>;
  /** A copy already said with this key, where the surface can be asked; else null. */
  find(key: string, place: string): Promise<MessagePlace | null>;
  close(): Promise<void>;
};

/** A file (or folder with `index.ts`) in `bots/` exports this by default; its name is its key under `surfaces:` in the YAML. Heavy packages load inside `open`. */
export type Surface<Options extends z.ZodType = z.ZodType> = {
  options: Options;
  open(options: z.infer<Options>, context: SurfaceContext): Promise<OpenSurface>;
};
