import type { ChainStep, Diagnosis, RootCause } from '../../diagnosis/diagnosis.ts';
import type { Plant } from '../../equipment.ts';
import type { Evidence } from '../../evidence.ts';
import { millis } from '../../time.ts';
import type { IsoTime } from '../../time.ts';
import { causeClause } from './causes.ts';
import { lineName, placeWords } from './words.ts';

/** One question of the 5 whys, its answer and the record that shows it. */
export type Why = { why: string; because: string | null; evidence_id: string | null };

/** What happened to a machine, as a clause and as the question that follows from it. */
const happened: Record<ChainStep['kind'], [clause: string, question: string]> = {
  starves: ['ran out of product', 'run out of product'],
  blocks: ['could not pass product on', 'not pass product on'],
  stops: ['stopped', 'stop'],
  supplies: ['got no supply', 'get no supply'],
  holds: ['was held', 'have to wait'],
};

/** The record in which a machine says that it stands, nearest to a time and at most five minutes from it. */
function standAt(machine: string, at: IsoTime, { evidence }: Diagnosis): Evidence | null {
  const away = (one: Evidence): number => Math.abs(millis(one.at) - millis(at));
  const near = evidence
    .filter((one) => one.kind === 'state' && one.equipment === machine && away(one) <= 300_000)
    .toSorted((a, b) => away(a) - away(b));
  return near[0] ?? null;
}

const open = (question: string): Why => ({ why: question, because: null, evidence_id: null });

const answered = (why: string, because: string, evidence: string | null): Why =>
  evidence === null ? open(why) : { why, because, evidence_id: evidence };

/** From the line back to the place where it began: each machine's stand by its own record, or empty. */
export function wayWhys(d: Diagnosis, plant: Plant): Why[] {
  const whys: Why[] = [];
  let question = `Why did ${lineName(plant, d.stop.line)} stop?`;
  for (const step of d.chain.toReversed()) {
    const [clause, next] = happened[step.kind];
    const at = placeWords(plant, step.to);
    const seen = step.inferred ? null : standAt(step.to, step.at, d);
    whys.push(answered(question, `${at} ${clause}`, seen?.id ?? null));
    question = `Why did ${at} ${next}?`;
  }
  const [first] = d.chain;
  const origin = d.machine;
  if (origin === null || (first && first.from !== origin)) return [...whys, open(question)];
  const seen = standAt(origin, d.roots[0]?.at ?? first?.at ?? d.stop.from, d);
  const at = placeWords(plant, origin);
  return [...whys, answered(question, `${at} stood`, seen?.id ?? null), open(`Why did ${at} stand?`)];
}

/** A cause that lies with people is no root: the way of working behind it is asked for, and nobody's record shows that. */
export const methodWhy: Why = open('What in the method, the plan or the measurement made that possible?');

/** The answer to the last question: the cause with the strongest record for it. */
export function causeWhys(question: string, root: RootCause | null, plant: Plant): Why[] {
  if (!root) return [open(question)];
  const told = answered(
    question,
    causeClause(root.cause, placeWords(plant, root.place)),
    root.evidence[0] ?? null,
  );
  return root.class === 'people' ? [told, methodWhy] : [told];
}

/** What went wrong after the first: why the line stood on. */
export const furtherWhys = (root: RootCause, d: Diagnosis, plant: Plant): Why[] =>
  causeWhys(`Why did ${lineName(plant, d.stop.line)} stand on?`, root, plant);
