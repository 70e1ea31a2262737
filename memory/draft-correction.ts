import type { Correction } from '../plant/correction.ts';
import { causeAt } from '../plant/correction/choices.ts';
import { hear } from '../plant/correction/hear.ts';
import { keptWords } from '../plant/correction/kept-words.ts';
import type { Diagnosis } from '../plant/diagnosis/diagnosis.ts';
import type { Plant } from '../plant/equipment.ts';
import { AndonError } from '../plant/errors.ts';
import type { Person } from '../plant/person.ts';
import type { IsoTime } from '../plant/time.ts';
import { confirmedFor, proposeCorrection, type Drafted } from './corrections.ts';
import type { Db } from './db.ts';

/** What is told of a stop now: what a person confirmed last, else what the records lead to. */
async function toldNow(db: Db, plant: Plant, diagnosis: Diagnosis): Promise<Correction['was']> {
  const earlier = await confirmedFor(db, diagnosis.stop);
  if (earlier?.cause)
    return {
      place: earlier.place,
      cause: earlier.cause,
      words: causeAt(plant, earlier.place, earlier.cause),
    };
  const { abstained, place, cause } = diagnosis;
  if (abstained) return { place, cause: 'unknown', words: 'no cause' };
  return { place, cause, words: causeAt(plant, place, cause) };
}

/**
 * Drafts what somebody says of the cause of a stop. `words`: what it was, as far as they say it; null: the cause
 * that was told is right. Throws `conflict` where none was told, or another one than they read. It counts only once a person confirms it.
 */
export async function draftCorrection(
  db: Db,
  plant: Plant,
  said: {
    diagnosis: Diagnosis;
    alert: string | null;
    words: string | null;
    /** The cause that the person read, where they say that it is right. */
    read?: { place: string; cause: string } | undefined;
    /** Whose names are not kept. */
    people: readonly Person[];
  },
  by: { role: string; person?: string | null },
  at: IsoTime,
): Promise<Drafted> {
  const { diagnosis, alert, words, people } = said;
  const { stop } = diagnosis;
  if (diagnosis.planned)
    throw new AndonError(
      'conflict',
      'This stop was planned; there is no cause to correct.',
      'Nothing to do.',
    );
  const was = await toldNow(db, plant, diagnosis);
  if (words === null && (was.cause === 'unknown' || was.cause === 'other'))
    throw new AndonError('conflict', 'No cause was named here.', 'Say what it was.');
  const { read } = said;
  if (read && (read.cause !== was.cause || read.place !== was.place))
    throw new AndonError('conflict', 'Another cause is told by now.', 'Ask again, and look at what it says.');
  const heard =
    words === null ? { place: was.place, cause: was.cause, words: '' } : hear(words, plant, diagnosis);
  const { line, id, from } = stop;
  const kept = { ...heard, words: keptWords(heard, people) };
  return proposeCorrection(db, { line, stop: id, stopFrom: from, alert, ...kept, was }, by, at);
}
