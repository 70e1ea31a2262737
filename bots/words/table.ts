import type { Answer } from '../../plant/message.ts';

/** So many letters an item may have besides those of its row: it says no more than the row. */
const besides = 60;

/**
 * What text and table of an answer both say. `short`: items of the text that a row says as well; `whole`: the text
 * says every row; `more`: it says more of them than the table does.
 */
type SaidTwice = { short: string[]; whole: boolean; more: boolean };

const itemsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2));

export function saidTwice({ text, table }: Pick<Answer, 'text' | 'table'>): SaidTwice {
  const items = itemsOf(text);
  const pairs = (table?.rows ?? []).map((row) => {
    const cells = row.filter((cell) => cell !== '' && cell !== '-');
    const item = items.find((one) => cells.every((cell) => one.toLowerCase().includes(cell.toLowerCase())));
    return { item, length: cells.join(' ').length };
  });
  const told = pairs.flatMap(({ item, length }) => (item === undefined ? [] : [{ item, length }]));
  const short = told.filter(({ item, length }) => item.length <= length + besides);
  return {
    short: short.map(({ item }) => item),
    whole: pairs.length > 0 && told.length === pairs.length,
    more: short.length < told.length,
  };
}

/** Text and table for a surface that shows both: each thing once, in the table where it says as much as the text. */
export function withTable({ text, table }: Pick<Answer, 'text' | 'table'>): Pick<Answer, 'text' | 'table'> {
  const { short, whole, more } = saidTwice({ text, table });
  if (whole && more) return { text, table: null };
  const blocks = text.split(/\n\s*\n/).flatMap((block) => {
    const lines = block.split('\n');
    const kept = lines.filter((line) => !(line.startsWith('- ') && short.includes(line.slice(2))));
    // A heading that is left with nothing goes, too.
    const empty = kept.length < lines.length && !kept.some((line) => line.startsWith('- '));
    return empty ? [] : [kept.join('\n')];
  });
  return { text: blocks.join('\n\n'), table };
}
