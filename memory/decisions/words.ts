/** Words that say nothing about which decision is meant. */
const stopWords = new Set(
  (
    'a about after again all also an and any are as at be been before but by can could did do does done for from ' +
    'had has have he her him his how i if in into is it its just last me my no not of on or our out over she should ' +
    'so some than that the their them then there they this those time to up us was we were what when where which ' +
    'who why will with would you your decide decided decides decision decisions agree agreed remember recall tell show'
  ).split(' '),
);

/** Endings that change a word's form but not what it is about; the first that fits is taken off. */
const endings: readonly [RegExp, string][] = [
  [/(ss|us|is)$/, '$1'],
  [/ies$/, 'y'],
  [/(ch|sh|x|z|ss)es$/, '$1'],
  [/s$/, ''],
];
const verbEndings: readonly [RegExp, string][] = [
  [/eed$/, 'eed'],
  [/ied$/, 'y'],
  [/(?:ing|ed|er)$/, ''],
];

/** Light stemming for English: plural, -ing, -ed, -er. Words with digits and short ones stay as they are. */
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  let root = word;
  for (const [pattern, by] of endings) {
    if (!pattern.test(root)) continue;
    root = root.replace(pattern, by);
    break;
  }
  for (const [pattern, by] of verbEndings) {
    if (!pattern.test(root)) continue;
    const bare = root.replace(pattern, by);
    // A root without a vowel or of two letters was no ending: red, king, bearing stays bear.
    if (bare.length >= 3 && /[aeiouy]/.test(bare)) root = bare.replace(/([bdfgmnprt])\1$/, '$1');
    break;
  }
  return root.length > 4 ? root.replace(/e$/, '') : root;
}

/** Longest text that is searched by; a whole shift log is no question. */
const mostWords = 2_000;

/** The words of a text as they are kept and searched: plain letters, stemmed, without filler words. */
export function termsOf(text: string): string[] {
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? [])
    .slice(0, mostWords)
    .filter((word) => !stopWords.has(word) && (word.length > 1 || /\d/.test(word)))
    .map((word) => stem(word.slice(0, 60)));
}

/** Long words may hold two slips, shorter ones one, short ones none. */
export const slipsIn = (term: string): number => (term.length >= 8 ? 2 : term.length >= 4 ? 1 : 0);

/** A word with up to so many letters left out, itself included: two words that share one are near each other. */
export function variantsOf(term: string, slips = slipsIn(term)): string[] {
  let front = new Set([term]);
  const all = new Set(front);
  for (let slip = 0; slip < slips; slip++) {
    const next = new Set<string>();
    for (const word of front)
      for (let at = 0; at < word.length; at++) next.add(word.slice(0, at) + word.slice(at + 1));
    for (const word of next) all.add(word);
    front = next;
  }
  return [...all];
}
