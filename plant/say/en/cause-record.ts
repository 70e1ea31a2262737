import type { CauseRecord } from '../../cause-record.ts';
import type { ShownCauseRecord } from '../../cause-record-decided.ts';
import type { Plant } from '../../equipment.ts';
import { millis } from '../../time.ts';
import { durationWords, localAt, localWhen } from '../local-time.ts';
import { quote } from '../said.ts';
import type { Now } from '../said.ts';
import { causeAt } from '../../correction/choices.ts';
import { capital, figure, lineName, placeWords } from './words.ts';

/** One question of the 5 whys as it is shown; `because: null`: nothing shows an answer. `evidence: null`: no record, or none that is still kept. */
type SaidWhy = { why: string; because: string | null; evidence: string | null };
/** A cause record as people read it: who stands behind it, the whys, and what is filled in under each heading. */
export type SaidCauseRecord = {
  status: string;
  whys: SaidWhy[];
  entries: { label: string; text: string }[];
};

const losses: Readonly<Record<CauseRecord['d2_problem']['observed_loss'], string>> = {
  breakdown: 'breakdown',
  minor_stop: 'minor stop',
  setup: 'setup',
  planned: 'planned stop',
  waiting: 'waiting',
  unknown: 'kind of loss not known',
};

/** A proposal stays one until a person says yes. */
function statusOf({ d4_root: found }: CauseRecord, plant: Plant, now: number): string {
  const by = found.confirmed_by ? `the ${found.confirmed_by}` : 'somebody';
  const when = found.confirmed_at ? ` ${localAt(millis(found.confirmed_at), plant.timezone, now)}` : '';
  if (found.status === 'proposed') return 'A proposal: nobody has confirmed it yet.';
  if (found.status === 'refuted') return `Refused by ${by}${when}.`;
  const was = found.instead_of;
  const instead =
    was && was.cause_id !== 'unknown' ? ` instead of ${causeAt(plant, was.place, was.cause_id)}` : '';
  return `Confirmed by ${by}${when}${instead}.`;
}

function problem({ d2_problem: seen }: CauseRecord, plant: Plant, now: number): string {
  const at = (time: string) => localWhen(millis(time), plant.timezone, now);
  const where = seen.machine === null ? '' : `, seen at ${placeWords(plant, seen.machine)}`;
  const span = seen.end === null ? `since ${at(seen.start)}` : `${at(seen.start)} to ${at(seen.end)}`;
  return `${lineName(plant, seen.line)} stood ${span} (${losses[seen.observed_loss]})${where}`;
}

/** Each why with its record. What a person confirmed stands after its record went by retention: then it says so. */
function saidWhys({ record, evidence }: ShownCauseRecord): SaidWhy[] {
  const held = new Set(evidence.map(({ id }) => id));
  return record.d4_root.whys.map(({ why, because, evidence_id: id }) => {
    if (because === null) return { why, because, evidence: null };
    if (id !== null && held.has(id)) return { why, because: capital(because), evidence: id };
    return { why, because: `${capital(because)} (its record is no longer kept)`, evidence: null };
  });
}

type Entries = SaidCauseRecord['entries'];
const nothing = 'None';
const unknown = 'not known';
const unknownEntry = capital(unknown);

/** What was done against it while it lasted, and for how long. */
const containment = ({ d3_containment: done }: CauseRecord, at: (time: string) => string): string =>
  done
    .map(
      ({ action, by, at: since, until }) =>
        `${quote(action)} (${by ? `the ${by}, ` : ''}${at(since)}${until ? `, until ${at(until)}` : ''})`,
    )
    .join('; ') || nothing;

/** What people say of the choice, and how long after it the line ran again. */
function outcomeWords(came: CauseRecord['d6_outcome'], at: (time: string) => string): string {
  if (!came) return unknownEntry;
  const { effective, minutes_to_run: minutes } = came;
  const verdict =
    effective === null ? 'nobody said yet whether it worked' : effective ? 'it worked' : 'it was not enough';
  const ran = minutes === null ? '' : `the line ran again ${durationWords(minutes * 60)} after the choice; `;
  return capital(`${ran}${verdict}, as of ${at(came.checked_at)}`);
}

const quoted = (texts: readonly string[]): string =>
  texts
    .filter((one) => one.trim() !== '')
    .map((one) => quote(one))
    .join('; ');

/** What was chosen, against what, and what came of it. */
function choiceEntries(
  { d5_choice: choice, d6_outcome: came, d7_prevent: lasting }: CauseRecord,
  at: (time: string) => string,
): Entries {
  const weighed = choice
    ? [
        { label: 'Because', text: quoted([choice.constraint]) },
        { label: 'Rather than', text: quoted(choice.alternatives) },
        { label: 'At the price of', text: quoted([choice.tradeoff]) },
      ]
    : [];
  return [
    { label: 'Choice', text: choice ? quote(choice.response) : nothing },
    ...weighed.filter(({ text }) => text !== ''),
    { label: 'Outcome', text: outcomeWords(came, at) },
    { label: 'Permanent action', text: lasting ? quote(lasting) : nothing },
  ];
}

/**
 * The record under the headings of an 8D report; what is empty says so. What people typed and the ERP's order stand in
 * quotation marks, in the letters in which they came: `po-4711` is another order than `Po-4711`.
 */
export function sayCauseRecord(shown: ShownCauseRecord, plant: Plant, { now }: Now): SaidCauseRecord {
  const { record } = shown;
  const { d2_problem: seen, d4_root: root, d4_further: further } = record;
  const at = (time: string) => localWhen(millis(time), plant.timezone, now);
  const named = (one: typeof root): string =>
    one.cause_id === 'unknown' ? unknown : causeAt(plant, one.place, one.cause_id);
  const entries: Entries = [
    { label: 'Problem', text: capital(problem(record, plant, now)) },
    { label: 'Order', text: seen.order === null ? unknownEntry : quote(seen.order) },
    {
      label: 'Units lost',
      text: seen.units_lost === null ? unknownEntry : `About ${figure(seen.units_lost)}`,
    },
    { label: 'Containment', text: containment(record, at) },
    { label: 'Root cause', text: capital([root, ...further].map(named).join('; then ')) },
    ...choiceEntries(record, at),
  ];
  return {
    status: statusOf(record, plant, now),
    whys: saidWhys(shown),
    entries,
  };
}
