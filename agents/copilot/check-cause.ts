import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Plant } from '../../plant/equipment.ts';
import { causeWords, certainty, denies, saysWhy } from './cause-words.ts';
import { equipmentIn, type Known } from './known.ts';
import { normalWords } from './lexicon.ts';

/** `weak`: what a sentence claims of a lesser candidate; no cause is named as weakly as that. */
type Band = 'sure' | 'likely' | 'weak' | 'none';

/** Bands of the explanation: what was planned, and from 0.85 on "because"; below "most likely". */
const bandOf = ({ p, abstained, planned }: Diagnosis): Band =>
  abstained ? 'none' : planned || p >= 0.85 ? 'sure' : 'likely';

/** The band that a sentence's own words claim. Strong words win over weak ones; no word is a plain statement. */
function claimed(words: string): Band {
  if (certainty.strong.test(words)) return 'sure';
  if (certainty.likely.test(words)) return 'likely';
  return certainty.weak.test(words) ? 'weak' : 'sure';
}

/** "Plex sent no data, so the line stopped." */
const gapAsReason =
  /\b(?:no (?:data|values)|reports nothing|is missing)\b[^.;]*\b(?:so|thus|hence|therefore)\b[^.;]*\bstop\b/;

/** Causes a sentence names must be those of the diagnosis, at its place, with its certainty. */
export function checkCause(words: string, known: Known, plant: Plant): string | null {
  const named = causesIn(words);
  const strange = named.find((cause) => !causeWords[cause]?.test(known.words));
  if (strange) return `the cause "${strange}" is in no result`;
  const found = known.diagnosis;
  if (!found) return null;
  if (gapAsReason.test(normalWords(words))) return 'a gap in the data stops no line';
  if (found.abstained && /(?<!\b(?:not|no|n't) (?:yet )?)\benough (?:evidence|data)\b/.test(words))
    return 'more certain than the diagnosis';
  const why = saysWhy.test(words);
  const plain = words.replace(/\bnot (?:yet )?clear\b/g, ' ');
  if (certainty.strong.test(plain) && bandOf(found) !== 'sure') return 'more certain than the diagnosis';
  if (!found.abstained && saysUnknown.test(words)) return 'it says unknown what is known';
  if (why) return checkWhy(words, named, found, plant);
  // Named without a "because": a ruled-out cause may be named as such, a lesser one only as a possibility.
  const top = named.includes(found.cause);
  const weighed = checkWeight(words, named, found);
  if (weighed) return weighed;
  const other = named.find((cause) => cause !== found.cause && isCandidate(found, cause));
  if (!top && other && !denies.test(words) && claimed(words) === 'sure' && isRuledOut(found, other))
    return `the cause "${other}" was ruled out`;
  return top &&
    denies.test(words) &&
    !isRuledOut(found, found.cause) &&
    named.length === 1 &&
    /\b(?:no|not|never|ruled out|excluded)\b[^.]*$/.test(words) &&
    !/\bnot enough\b/.test(words)
    ? 'it denies the cause of the diagnosis'
    : null;
}

/** Waiting for product is no want of a consumable, and "ran out of a component" is a stockout. */
const causesIn = (words: string): string[] => {
  const said = normalWords(words);
  return Object.keys(causeWords).filter((cause) => causeWords[cause]?.test(said));
};

export const saysUnknown =
  /\bnot enough (?:evidence|data)\b|\b(?:cause|reason|why)\b[^.]*\b(?:unknown|unclear|not (?:yet )?(?:known|clear)|cannot be)\b|\bhard to say\b|\bnobody knows\b/;
/** Told as a record's own words, not as what happened. */
const attributed = /\b(?:alarms?|notes?|messages?|according to|reported|says)\b/;

/** A cause told without a "because" is weighed all the same: "a jam stopped it" is as sure as "because of a jam". */
function checkWeight(words: string, named: readonly string[], found: Diagnosis): string | null {
  if (/\bunlikely\b/.test(words) && named.includes(found.cause))
    return 'it denies the cause of the diagnosis';
  if (denies.test(words) || attributed.test(words)) return null;
  if (named.includes(found.cause))
    return claimed(words) === bandOf(found) || /\bless likely\b/.test(words)
      ? null
      : 'its word for certainty does not fit the diagnosis';
  const lesser = found.candidates.find(
    ({ cause }) => named.includes(cause) && !isRuledOut(found, cause) && cause !== found.cause,
  );
  if (!lesser || /\b(?:less likely|unlikely)\b/.test(words)) return null;
  return claimed(words) === 'weak' ? null : 'a mere possibility told as what happened';
}

function checkWhy(words: string, named: readonly string[], found: Diagnosis, plant: Plant): string | null {
  // "Because Plex sent no data" denies nothing, it gives a reason.
  const denied = denies.test(words.replace(/\bno (?:data|values)\b/g, ' '));
  // "Went to Suspended because it was starved" tells of a consequence; who waited for whom is checked apart.
  const ofLine = [...equipmentIn(words, plant)].includes(found.stop.line);
  if (named.length === 0 && !ofLine && /\b(?:starve|block)\b/.test(normalWords(words))) return null;
  const wrongPlace = checkPlace(words, found, plant);
  if (wrongPlace && !denied) return wrongPlace;
  if (named.length === 0)
    return ofLine && !found.abstained && !denied && causeWords[found.cause] && givesReason.test(words)
      ? 'another cause than that of the diagnosis'
      : null;
  if (/\b(?:unlikely|less likely)\b/.test(words) && named.includes(found.cause))
    return 'its word for certainty does not fit the diagnosis';
  if (named.includes(found.cause)) {
    if (becauseOfAnother(words, found)) return 'another cause than that of the diagnosis';
    if (
      denied &&
      !/\bnot enough\b|n't answer|not answer|not covered|no operator|no order|without/.test(words)
    )
      return 'it denies the cause of the diagnosis';
    return claimed(words) === bandOf(found) ? null : 'its word for certainty does not fit the diagnosis';
  }
  // Words of several causes overlap; one of them must be a candidate that the sentence weighs as the diagnosis does.
  const candidate = found.candidates.find(({ cause }) => named.includes(cause));
  if (denied)
    return named.some((cause) => isRuledOut(found, cause)) ? null : 'it denies what was not ruled out';
  if (!candidate || isRuledOut(found, candidate.cause)) return 'another cause than that of the diagnosis';
  // Where one cause leads, a lesser one is told beside it, not in its place.
  const beside =
    found.abstained ||
    !/\b(?:because|due to|owing to)\b/.test(words) ||
    /\b(?:also|or|another|other|alternatively|less likely)\b/.test(words);
  return claimed(words) === 'weak' && beside ? null : 'another cause than that of the diagnosis';
}

/** Where several things went wrong, each "because" gives one of them. */
function becauseOfAnother(words: string, found: Diagnosis): boolean {
  const roots = new Set([found.cause, ...found.roots.map(({ cause }) => cause)]);
  return words.split(/;\s+/).some((told) => {
    const named = /\bbecause\b/.test(told) && !denies.test(told) ? causesIn(told) : [];
    return named.length > 0 && claimed(told) !== 'weak' && !named.some((cause) => roots.has(cause));
  });
}

const givesReason =
  /\b(?:because|due to|owing to|thanks to|caused|reason|culprit|as a result of|led to|for (?:want|lack) of)\b/;

const isCandidate = (found: Diagnosis, cause: string): boolean =>
  found.candidates.some((one) => one.cause === cause) || isRuledOut(found, cause);
const isRuledOut = (found: Diagnosis, cause: string): boolean =>
  found.ruled_out.some((one) => one.cause === cause);

/** Of the machines a "because" names, one must be the place where it began. */
function checkPlace(words: string, found: Diagnosis, plant: Plant): string | null {
  const named = [...equipmentIn(words, plant)].filter((id) => !plant.lines.some((line) => line.id === id));
  if (named.length === 0) return null;
  if (found.place === null)
    return claimed(words) === 'weak' &&
      named.every(
        (id) =>
          found.candidates.some(({ place }) => place === id) ||
          !found.candidates.some(({ place }) => place.endsWith(id.slice(id.lastIndexOf('.')))),
      )
      ? null
      : 'the place is not established';
  const place = found.place;
  return named.includes(place) || plant.lines.some(({ id }) => id === place)
    ? null
    : 'another place than that of the diagnosis';
}

/** A line that stands does not run again, and the other way round. */
export function checkStanding(words: string, known: Known, plant: Plant): string | null {
  const stop = known.diagnosis?.stop;
  if (!stop || denies.test(words)) return null;
  const lines = [...equipmentIn(words, plant)].filter((id) => plant.lines.some((line) => line.id === id));
  if (lines.length > 0 && !lines.includes(stop.line)) return null;
  if (
    stop.to === null &&
    /\bruns? again\b|\b(?:is|are) (?:back )?(?:running|up)\b|\bresumed\b|\brestarted\b|\bran again\b/.test(
      words,
    )
  )
    return 'the line stands';
  if (
    stop.to !== null &&
    /(?<!\bst(?:ood|ands?|anding) )\bstill\b/.test(words) &&
    !/\bstill\b/.test(known.words)
  )
    return 'the line runs again';
  if (
    stop.to !== null &&
    /\bstill (?:standing|stands|stopped|down)\b|\b(?:is|has been) (?:standing|stopped|down)\b|\bstands\b(?! still)/.test(
      words,
    )
  )
    return 'the line runs again';
  return null;
}
