const url = /\b(?:https?|ftp|file|mailto|slack|msteams):\S+|\bwww\.\S+|\b[\w.+-]+@[\w-]+\.[\w.]+\b/i;
const mention = /<[@!#][^>]*>|(?<![\w.])@[a-z][\w.-]*/i;

/** Does it carry a link or call somebody? */
export const hasLinkOrMention = (text: string): boolean => url.test(text) || mention.test(text);

/** One line without markup: no emphasis, headings, links, mentions, tags or control characters. */
export function plainLine(line: string): string {
  return line
    .replace(/\t/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(
      /<[@!#]([^>|]*)(?:\|([^>]*))?>/g,
      (_, id: string, label?: string) => label ?? (/^[a-z]+$/.test(id) ? id : 'somebody'),
    )
    .replace(
      /<((?:https?|mailto):[^>|]*)(?:\|([^>]*))?>/gi,
      (_, _link: string, label?: string) => label ?? '(link removed)',
    )
    .replace(/<\/?[a-z!][^<>]*>/gi, '')
    .replace(new RegExp(url.source, 'gi'), '(link removed)')
    .replace(/(?<![\w.])@(?=[a-z])/gi, '')
    .replace(/(\*\*|__|~~|`{1,3})(?=\S)(.*?\S)\1/g, '$2')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]*\S)\*(?![\w*])/g, '$1')
    .replace(/^\s*(?:#{1,6}\s+|>\s+)/, '')
    .replace(/`/g, '')
    .replace(/^\s*[*•+]\s+/, '- ')
    .replace(/^\s*\|.*\|\s*$/, '')
    .replace(/[ \t]+/g, ' ')
    .trimEnd();
}

/** A line of the tools' own words. What it quotes stands as it was typed: text from outside is data, and no surface reads markup out of it. */
export const toldLine = (line: string): string =>
  line
    .replace(/\t/g, ' ')
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .trimEnd();

/** A model's text as first line and the rest, both plain. `clean`: what is done with each line. */
export function plainText(
  text: string,
  clean: (line: string) => string = plainLine,
): { firstLine: string; text: string } {
  const [firstLine = '', ...rest] = text.split(/\r?\n/).map(clean).join('\n').trim().split('\n');
  return {
    firstLine: firstLine.trim(),
    text: rest
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  };
}
