/** Sentences of one line. */
export const sentencesOf = (line: string): string[] =>
  cutOutsideQuotes(line, /(?<=[.!?])\s+(?=["“(\p{Lu}\d\uE000-])/u).filter((one) => /[\p{L}\p{N}]/u.test(one));

/** The pieces between the cuts; a quotation is never cut, so that a sentence inside it stays somebody's words. A private-use character keeps its place. */
export function cutOutsideQuotes(text: string, at: RegExp): string[] {
  const quotes: string[] = [];
  const masked = text.replace(/"[^"]*"|“[^”]*”/g, (quote) => {
    quotes.push(quote);
    return `\uE000${quotes.length - 1}\uE000${/[.!?]["”]$/.test(quote) ? '.' : ''}`;
  });
  return masked
    .split(at)
    .map((one) =>
      one.replace(/\uE000(\d+)\uE000\.?/g, (_, index: string) => quotes[Number(index)] ?? '').trim(),
    );
}
