import { randomUUID } from 'node:crypto';
import type { Decision } from '../../plant/decision.ts';
import { draftLapsesAfterS, lapsesAt } from '../../plant/decision.ts';
import { AndonError } from '../../plant/errors.ts';
import { durationWords } from '../../plant/say/local-time.ts';
import type { IsoTime, Millis } from '../../plant/time.ts';
import { iso, millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { transaction } from '../db.ts';
import { storableJson } from '../floor/rows.ts';
import { indexWords } from './postings.ts';
import type { DecisionBody, DecisionRow } from './rows.ts';
import { decisionColumns, decisionOf, searchText } from './rows.ts';
import type { DecisionStore } from './vectors.ts';
import { embedMissing } from './vectors.ts';

/** Who did it: the role that stands in the record, and the person's id, kept apart so that it can be erased. */
type By = { role: string; person?: string | null | undefined };

export type Proposal = Pick<Decision, 'line' | 'whatHappened' | 'constraint' | 'response' | 'source'> &
  Partial<
    Pick<
      Decision,
      'equipment' | 'exception' | 'cause' | 'options' | 'steps' | 'tradeoffs' | 'validFrom' | 'validTo'
    >
  >;

/** What a person may change about a decision. */
export type DecisionChange = Partial<
  Pick<
    Decision,
    | 'whatHappened'
    | 'constraint'
    | 'options'
    | 'response'
    | 'steps'
    | 'tradeoffs'
    | 'cause'
    | 'equipment'
    | 'validFrom'
    | 'validTo'
  >
>;

type Part = 'proposed' | 'decided' | 'rejected' | 'revised' | 'revoked' | 'outcome';

async function write(tx: Db, decision: Decision, who: { part: Part; person: string } | null): Promise<void> {
  const { id, revision, status, line, equipment, exception, cause, validFrom, validTo, recordedAt, ...rest } =
    decision;
  const body: DecisionBody = rest;
  const text = searchText(decision);
  await tx.query(
    `insert into decision (id, revision, status, line, equipment, exception, cause, valid_from, valid_to, recorded_from, body, search_text)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12)`,
    [
      id,
      revision,
      status,
      line,
      equipment,
      exception,
      cause,
      validFrom,
      validTo,
      recordedAt,
      storableJson(body),
      text.replaceAll('\0', '').toWellFormed(),
    ],
  );
  if (who)
    await tx.query(
      'insert into decision_person (decision_id, revision, part, person) values ($1, $2, $3, $4)',
      [id, revision, who.part, who.person],
    );
  await indexWords(tx, id, text);
}

/** Vectors follow the words; a model that fails is tried again by the schedule. */
export async function embedSoon(store: DecisionStore, now: Millis): Promise<void> {
  await embedMissing(store, now).catch(() => 0);
}

async function current(db: Db, id: string, lock = false): Promise<Decision> {
  const answer = await db.query<DecisionRow>(
    `select ${decisionColumns} from decision d where d.id = $1 and d.recorded_to is null ${lock ? 'for update' : ''}`,
    [id],
  );
  if (!answer.rows[0])
    throw new AndonError('not_found', `There is no decision ${id}.`, 'List the decisions of the line.');
  return decisionOf(answer.rows[0]);
}

/** Appends a revision made from the current one; `change` gives null where there is nothing to change. Of two at once the second sees the first's. */
async function revise(
  store: DecisionStore,
  id: string,
  at: IsoTime,
  who: { part: Part; by: By } | null,
  change: (now: Decision) => Partial<Decision> | null,
): Promise<Decision> {
  const made = await transaction(store.pool, async (tx) => {
    const before = await current(tx, id, true);
    // Revisions never share an instant and never go back, whatever the clock does.
    const recordedAt = iso(Math.max(millis(at), millis(before.recordedAt) + 1));
    const changed = change(before);
    if (changed === null) return before;
    const given = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
    const next: Decision = { ...before, ...given, revision: before.revision + 1, recordedAt };
    await tx.query('update decision set recorded_to = $3 where id = $1 and revision = $2', [
      id,
      before.revision,
      recordedAt,
    ]);
    await write(tx, next, who?.by.person ? { part: who.part, person: who.by.person } : null);
    return next;
  });
  await embedSoon(store, millis(at));
  return made;
}

/** Keeps a proposal. It is no fact until a person confirms it, and lapses after four hours. */
export async function proposeDecision(
  store: DecisionStore,
  proposal: Proposal,
  by: By,
  at: IsoTime,
): Promise<Decision> {
  const made: Decision = {
    id: `d-${randomUUID()}`,
    revision: 1,
    status: 'proposed',
    line: proposal.line,
    equipment: proposal.equipment ?? null,
    exception: proposal.exception ?? null,
    cause: proposal.cause ?? null,
    whatHappened: proposal.whatHappened,
    constraint: proposal.constraint,
    options: proposal.options ?? [],
    response: proposal.response,
    steps: proposal.steps ?? [],
    tradeoffs: proposal.tradeoffs ?? [],
    proposedBy: by.role,
    decidedBy: null,
    decidedAt: null,
    validFrom: proposal.validFrom ?? at,
    validTo: proposal.validTo ?? null,
    outcome: null,
    source: proposal.source,
    recordedAt: at,
  };
  await transaction(store.pool, (tx) =>
    write(tx, made, by.person ? { part: 'proposed', person: by.person } : null),
  );
  await embedSoon(store, millis(at));
  return made;
}

export const hasLapsed = (decision: Decision, at: IsoTime): boolean =>
  lapsesAt(decision.recordedAt) <= millis(at);

const recordAgain = 'Press "Do this" on the alert again, or say what was decided.';

/** How it was settled, and by whom. Of one taken back before that was kept, nobody knows who did: `decidedBy` confirmed it. */
const settled = ({ status, decidedBy, takenBack }: Decision): string =>
  takenBack
    ? `taken back already by the ${takenBack.by}`
    : `${status} already${decidedBy && status !== 'revoked' ? ` by the ${decidedBy}` : ''}`;

function mustBeProposed(decision: Decision, at: IsoTime): void {
  if (decision.status !== 'proposed')
    throw new AndonError(
      'conflict',
      `This decision is ${settled(decision)}.`,
      decision.status === 'lapsed' ? recordAgain : 'Nothing to do.',
    );
  if (hasLapsed(decision, at))
    throw new AndonError(
      'conflict',
      `This proposal of ${decision.recordedAt} lapsed: nobody confirmed it within ${durationWords(draftLapsesAfterS)}.`,
      recordAgain,
    );
}

/** A person makes a proposal a decision, with the changes they made to it. Throws `conflict` when it is none any more. */
export async function confirmDecision(
  store: DecisionStore,
  id: string,
  by: By,
  at: IsoTime,
  changes: DecisionChange = {},
): Promise<Decision> {
  return revise(store, id, at, { part: 'decided', by }, (before) => {
    mustBeProposed(before, at);
    return { ...changes, status: 'confirmed', decidedBy: by.role, decidedAt: at };
  });
}

/** A person says no to a proposal. Throws `conflict` when it is none any more. */
export async function rejectDecision(
  store: DecisionStore,
  id: string,
  by: By,
  at: IsoTime,
): Promise<Decision> {
  return revise(store, id, at, { part: 'rejected', by }, (before) => {
    mustBeProposed(before, at);
    return { status: 'rejected', decidedBy: by.role, decidedAt: at };
  });
}

/** A person changes a proposal or a confirmed decision; what was known before stays readable. */
export async function reviseDecision(
  store: DecisionStore,
  id: string,
  changes: DecisionChange,
  by: By,
  at: IsoTime,
): Promise<Decision> {
  return revise(store, id, at, { part: 'revised', by }, (before) => {
    if (before.status !== 'confirmed') mustBeProposed(before, at);
    return changes;
  });
}

/** A person takes a confirmed decision back: from now on it does not hold. Throws `conflict` when it is none, or not any more. */
export async function revokeDecision(
  store: DecisionStore,
  id: string,
  by: By,
  at: IsoTime,
): Promise<Decision> {
  return revise(store, id, at, { part: 'revoked', by }, (before) => {
    if (before.status === 'proposed')
      throw new AndonError('conflict', 'This decision is a draft; it does not hold yet.', 'Drop the draft.');
    if (before.status !== 'confirmed')
      throw new AndonError('conflict', `This decision is ${settled(before)}.`, 'Nothing to do.');
    return { status: 'revoked', takenBack: { by: by.role, at } };
  });
}

/** What came of a confirmed decision; said again, the later one counts. */
export async function recordOutcome(
  store: DecisionStore,
  id: string,
  outcome: NonNullable<Decision['outcome']>,
  by: By | null,
  at: IsoTime,
): Promise<Decision> {
  return revise(store, id, at, by ? { part: 'outcome', by } : null, (before) => {
    if (before.status !== 'confirmed')
      throw new AndonError(
        'conflict',
        `This decision is ${before.status}; only a confirmed one has an outcome.`,
        'Confirm it first.',
      );
    return { outcome };
  });
}

/** Proposals that nobody answered in four hours lapse; their ids. */
export async function lapseProposals(store: DecisionStore, now: Millis): Promise<string[]> {
  const old = await store.pool.query<{ id: string }>(
    `select id from decision where recorded_to is null and status = 'proposed' and recorded_from <= $1`,
    [new Date(now - draftLapsesAfterS * 1_000)],
  );
  const lapsed: string[] = [];
  for (const { id } of old.rows) {
    // Somebody may have answered it since it was listed.
    const done = await revise(store, id, iso(now), null, (before) =>
      before.status === 'proposed' && hasLapsed(before, iso(now)) ? { status: 'lapsed' } : null,
    );
    if (done.status === 'lapsed') lapsed.push(id);
  }
  return lapsed;
}
