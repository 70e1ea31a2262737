import { keeping } from './once.ts';
import { inAll, shortForms } from '../cues/words/languages.ts';

/**
 * Text of machines and people as it is compared: lower case, no accents, `InfeedJam_02` as words.
 * Umlauts lose their dots and the Polish l its stroke, so patterns are written without them.
 */
export const folded: (text: string) => string = keeping((text) =>
  text
    .replaceAll('ß', 'ss')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll(/[^\p{L}\p{N}%+<>=]+/gu, ' ')
    .trim(),
);

/** Alarm texts with their short forms written out. `es` is left alone in a sentence: it is a word of two languages. */
export function spelledOut(plain: string): string {
  const words = plain.split(' ');
  return words.map((word) => (words.length <= 4 ? (shortForms[word] ?? word) : word)).join(' ');
}

/** Words and numbers of an alarm that is there without telling what is wrong: `Group fault 2`, `E-0616`, `Machine stopped`. */
const emptyWords = new RegExp(`\\b(${inAll(({ vague }) => vague)}|e?\\d+|[a-z]\\d+|[a-z])\\b`, 'g');

export const saysNothing: (plain: string) => boolean = keeping(
  (plain) => plain.replaceAll(emptyWords, ' ').trim().length < 4,
);

const noWords = inAll(({ denial: { not, without, never } }) => [not, without, never ?? '']);
const between = inAll(({ denial }) => denial.between);
const negations = new RegExp(`\\b(${noWords})\\s*((${between}) )?$`);

/** Whether a short text denies anything at all. */
export const denied = new RegExp(`\\b(${noWords})(?![\\p{L}])`, 'u');

const readers = new WeakMap<RegExp, (text: string) => boolean>();

/** "No safety door open": the denial of one hit is that of the next word, too. */
const nextWord = /^[\p{L}\p{N}]* ?$/u;

/** `everywhere`: a cue with the flag `g`. */
function undenied(text: string, everywhere: RegExp): boolean {
  everywhere.lastIndex = 0;
  let deniedTo: number | null = null;
  for (let hit = everywhere.exec(text); hit !== null; hit = everywhere.exec(text)) {
    const follows = deniedTo !== null && nextWord.test(text.slice(deniedTo, hit.index));
    if (!follows && !negations.test(text.slice(0, hit.index))) return true;
    deniedTo = hit.index + hit[0].length;
    // A cue that is found in nothing would be found there for ever.
    if (hit[0] === '') everywhere.lastIndex++;
  }
  return false;
}

/**
 * Whether `text` (already plain) says a cue anywhere without denying it: "no jam at the filler, packer jammed" does.
 * A cue is a pattern over plain text; word beginnings suffice: `jam` finds `jammed`.
 */
export function mentions(text: string, cue: RegExp): boolean {
  let reads = readers.get(cue);
  if (!reads) {
    const everywhere = new RegExp(cue.source, `${cue.flags}g`);
    reads = keeping((one) => undenied(one, everywhere));
    readers.set(cue, reads);
  }
  return reads(text);
}

/** What stands between two words of a cue is no denial: "Fotocellula non sporca" is clean. */
const gap = `( (?!(?:${inAll(({ denial }) => denial.not)})\\b)\\w+)`;

/** A cue from word lists: any of the alternatives, each at the beginning of a word. */
export const cue = (...alternatives: string[]): RegExp =>
  new RegExp(`\\b(?:${alternatives.join('|').replaceAll('( \\w+)', gap)})`);
