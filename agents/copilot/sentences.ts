/** Sentences of one line. A quotation is never cut, so that a sentence inside it stays somebody's words; a private-use character keeps its place. */
export function sentencesOf(line: string): string[] {
  const quotes: string[] = [];
  const masked = line.replace(/"[^"]*"|“[^”]*”/g, (quote) => {
    quotes.push(quote);
    return `\uE000${quotes.length - 1}\uE000${/[.!?]["”]$/.test(quote) ? '.' : ''}`;
  });
  return masked
    .split(/(?<=[.!?])\s+(?=["“(\p{Lu}\d\uE000-])/u)
    .map((one) => one.replace(/\uE000(\d+)\uE000\.?/g, (_, at: string) => quotes[Number(at)] ?? '').trim())
    .filter((one) => /[\p{L}\p{N}]/u.test(one));
}
