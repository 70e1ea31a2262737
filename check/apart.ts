/** What two rooms could have copied from each other: sentences, and lists of words or numbers. */

const literal = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`/g;
const regex =
  /(?<=[=(,:[&|?!]\s*|return\s+|raw)(?:\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/[a-z]*|`((?:[^`\\$]|\\.)*)`)/g;
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(?<![:'"`\\])\/\/.*$/gm, ' ');
const withoutImports = (text: string): string =>
  text.replace(/^(?:import|export)\b[^;]*?from\s+'[^']+';?/gm, ' ');
const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Ids of causes are words that both rooms share by contract. */
const isId = (text: string): boolean => /^[a-z]+(?:_[a-z]+)+$/.test(text);
/** String literals as plain words, ids apart. */
const stringsIn = (code: string): string[] =>
  [...code.matchAll(literal)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .flatMap((text) => (isId(text) ? [] : [plain(text)]))
    .filter(Boolean);

/** Texts of three words and more: what a panel, a note or a record says. */
export function phrasesIn(text: string): Set<string> {
  const code = withoutImports(withoutComments(text));
  return new Set(stringsIn(code).filter((one) => one.split(' ').length >= 3 && one.length >= 12));
}

export type List = { kind: 'words' | 'numbers'; items: readonly string[] };
/** From here on equal lists are no accident. */
const fewest = { words: 4, numbers: 4 };

/** Lists of words (arrays, keys of tables, alternatives of a pattern) and of numbers. */
export function listsIn(text: string): List[] {
  const code = withoutImports(withoutComments(text));
  const brackets = [...code.matchAll(/\[([^[\]{}]*)\]/g)].map((match) => match[1] ?? '');
  const words = brackets.map(stringsIn);
  const numbers = brackets.map((inside) => {
    const parts = inside
      .split(',')
      .map((part) => part.trim().replaceAll('_', ''))
      .filter(Boolean);
    return parts.every((part) => /^-?\d+(?:\.\d+)?$/.test(part)) ? parts : [];
  });
  const split = [
    ...code.matchAll(/['"`]([^'"`\n]+)['"`](?:\s*\+\s*['"`][^'"`\n]*['"`])*\s*\)?\s*\.split\(/g),
  ].map((match) => (match[1] ?? '').split(/[\s,|]+/).map(plain));
  const patterns = [...code.matchAll(regex)].map((match) =>
    (match[1] ?? match[2] ?? '')
      .split(/[|()]/)
      .map((part) => plain(part.replace(/\\[a-zA-Z]|\[[^\]]*\]/g, ''))),
  );
  const lists = [
    ...[...words, ...split, ...patterns].map((items): List => ({ kind: 'words', items })),
    ...numbers.map((items): List => ({ kind: 'numbers', items })),
  ].map(({ kind, items }): List => ({
    kind,
    items: [...new Set(items.filter((one) => one.length > (kind === 'words' ? 2 : 0)))],
  }));
  return lists.filter(({ kind, items }) => items.length >= fewest[kind]);
}

/** The items of two lists that are the same, where they are too many for an accident. */
export function copied(a: List, b: List): string[] {
  if (a.kind !== b.kind) return [];
  const same = a.items.filter((one) => b.items.includes(one));
  const shorter = Math.min(a.items.length, b.items.length);
  return same.length >= fewest[a.kind] && same.length >= shorter * 0.6 ? same : [];
}
