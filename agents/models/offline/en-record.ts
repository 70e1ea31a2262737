import type { Plant } from '../../../plant/equipment.ts';
import { iso, type Millis } from '../../../plant/time.ts';
import { nextMoment } from './en-clock.ts';

/** What a sentence to be kept says: what is to be done, and, where it was said, why and until when. */
type Dictated = { response: string; because: string | null; until: string | null };

const opening =
  /^\s*(?:please |can you |could you )?(?:(?:record|log|note|save|remember|write down|document|keep)\b(?: down)?(?: this| that| the| a| our)?(?: decision)?(?: that)?|decision|for the record)\s*[:,-]?\s*(?:that )?/i;
const decided =
  /^(?:and )?(?:we(?: have|'ve)?|it was|was)? ?(?:just )?(?:decided|agreed)(?: on it)?(?: to| that| on)?:?\s+/i;
const agreedAtEnd = /, (?:as |so )?we(?: have|['’]ve)? (?:just )?(?:decided|agreed)[\s.!]*$/i;
const reason =
  /[,;]?\s+(?:because(?: of)?|due to|as there (?:is|are)|since there (?:is|are)|as the|owing to)\s+(.+)$/i;
const until =
  /\b(?:until|till)\s+(?:(?:today|tonight)\s+(?:at\s+)?)?(noon|midnight|\d{1,2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?)(?![\d:])/i;

/** Reads "record: run line 3 at 80 % until 18:00 because the bearing is warm". The words stay the person's own. */
export function dictated(sentence: string, plant: Plant, now: Millis): Dictated {
  const said = sentence.trim().replace(opening, '').replace(decided, '').replace(agreedAtEnd, '');
  const why = reason.exec(said)?.[1] ?? null;
  const end = until.exec(said)?.[1];
  const at = end ? nextMoment(end.toLowerCase(), plant, now) : null;
  return {
    response: (why ? said.replace(reason, '') : said).replace(/[\s.]+$/, ''),
    because: why?.replace(/[\s.]+$/, '') ?? null,
    until: at === null ? null : iso(at),
  };
}
