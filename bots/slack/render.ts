/** Any message of Andon as a Slack message. Pure: the same message gives the same blocks. */
import type { AlertMessage, Answer, Button, FormMessage, Message, Notice } from '../../plant/message.ts';
import {
  blocksOf,
  cut,
  formFacts,
  lookedAt,
  evidenceLine,
  evidenceTitle,
  parts,
  phrasedBy,
  stateWords,
  suggestionLine,
  type Words,
} from '../words/answer.ts';
import { withTable } from '../words/table.ts';
import { withChange } from '../words/people.ts';

/** Limits of Block Kit, characters and counts (docs.slack.dev/reference/block-kit/blocks). */
const limits = {
  blocks: 50,
  section: 3_000,
  header: 150,
  label: 75,
  value: 2_000,
  actions: 25,
  context: 10,
  tableRows: 100,
  tableColumns: 20,
  notification: 600,
} as const;

/**
 * Text is `plain_text` or rich-text runs everywhere: Slack reads no mention, link, emoji or bold type out of
 * those, so nothing that a note, an alarm or an ERP says can become markup.
 */
type Plain = { type: 'plain_text'; text: string; emoji: false };
export type SlackBlock = { type: string } & Record<string, unknown>;
type SlackMessage = { text: string; blocks: SlackBlock[] };

const plain = (text: string, length: number): Plain => ({
  type: 'plain_text',
  text: cut(text, length) || ' ',
  emoji: false,
});
const section = (text: string): SlackBlock[] =>
  parts(text, limits.section).map((part) => ({ type: 'section', text: plain(part, limits.section) }));
const context = (lines: readonly string[]): SlackBlock[] =>
  lines.length === 0
    ? []
    : [{ type: 'context', elements: lines.slice(0, limits.context).map((line) => plain(line, 2_000)) }];

/** The notification line is read as mrkdwn: these three characters are what turns text into mentions and links. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** `text` is the notification, `blocks` what is shown. */
export function toSlack(message: Message, words: Words): SlackMessage {
  const blocks = [...headline(message.firstLine), ...bodyOf(message, words)];
  return { text: escaped(cut(message.firstLine, limits.notification)), blocks: fitting(blocks) };
}

function bodyOf(message: Message, words: Words): SlackBlock[] {
  switch (message.kind) {
    case 'answer':
      return answerBlocks(message, words);
    case 'alert':
      return alertBlocks(message, words);
    case 'decision':
      return formBlocks(withChange(message) as FormMessage);
    case 'correction':
      return formBlocks(message);
    case 'notice':
      return noticeBlocks(message);
  }
}

function headline(text: string): SlackBlock[] {
  return text.length <= limits.header
    ? [{ type: 'header', text: plain(text, limits.header) }]
    : boldLines([{ label: text, value: '' }]);
}

function textBlocks(text: string): SlackBlock[] {
  return blocksOf(text).flatMap((block) =>
    block.kind === 'paragraph'
      ? section(block.text)
      : section(block.items.map((item) => `• ${item}`).join('\n')),
  );
}

/** Label in bold, value after it, one line each. */
function boldLines(facts: readonly { label: string; value: string }[]): SlackBlock[] {
  if (facts.length === 0) return [];
  const lines = facts.map(({ label, value }) => ({
    type: 'rich_text_section',
    elements: [
      { type: 'text', text: cut(value === '' ? label : `${label}: `, 600), style: { bold: true } },
      ...(value === '' ? [] : [{ type: 'text', text: `${cut(value, 1_000)}\n` }]),
    ],
  }));
  return [{ type: 'rich_text', elements: lines }];
}

function answerBlocks(answer: Answer, words: Words): SlackBlock[] {
  const { text, table } = withTable(answer);
  return [
    ...textBlocks(text),
    ...context(lookedAt(answer, words)),
    ...tableBlocks(table),
    ...evidenceBlocks(answer, words),
    ...missingBlocks(answer),
    ...actions([...answer.buttons, ...followUps(answer)]),
    ...context([phrasedBy(answer)]),
  ];
}

/** How many records of which systems, and those of them that the text does not quote already. */
function evidenceBlocks({ evidence, text }: Answer, words: Words): SlackBlock[] {
  if (evidence.length === 0) return [];
  const rest = evidence.filter(({ says }) => !text.includes(says));
  const shown = rest.slice(0, limits.context - 1);
  const besides = rest.length < evidence.length && rest.length > 0 ? '; those not quoted above:' : '';
  const more = rest.length > shown.length ? ` (${rest.length - shown.length} more are on the page)` : '';
  return context([
    `${evidenceTitle(evidence)}${besides}${more}`,
    ...shown.map((one) => `• ${evidenceLine(one, words)}`),
  ]);
}

/** What is missing stands in the text of most answers already and is not said twice. */
function missingBlocks({ missing, text, firstLine }: Answer): SlackBlock[] {
  const said = `${firstLine}\n${text}`;
  return context(missing.filter((one) => !said.includes(one.replace(/\.$/, ''))));
}

function tableBlocks(table: Answer['table']): SlackBlock[] {
  if (!table || table.columns.length === 0) return [];
  const row = (cells: readonly string[]) =>
    cells.slice(0, limits.tableColumns).map((text) => ({ type: 'raw_text', text: cut(text, 200) || ' ' }));
  return [{ type: 'table', rows: [table.columns, ...table.rows].slice(0, limits.tableRows).map(row) }];
}

function alertBlocks(alert: AlertMessage, words: Words): SlackBlock[] {
  const over = alert.state === 'resolved';
  return [
    ...context([stateWords(alert)]),
    ...textBlocks(alert.text),
    ...context(lookedAt(alert, words)),
    ...(over
      ? []
      : boldLines(alert.suggestions.map((one) => ({ label: 'Suggested', value: suggestionLine(one) })))),
    ...context(alert.missing.filter((one) => !alert.text.includes(one.replace(/\.$/, '')))),
    // The newest steps say where it stands; the first ones are in the thread and on the page.
    ...context(alert.history.slice(-limits.context)),
    ...actions(alert.buttons),
  ];
}

/** What one writes in one's own words stands in a form of its own, behind its button. */
const formBlocks = (form: FormMessage): SlackBlock[] => [
  ...boldLines(form.kind === 'decision' ? formFacts(form) : form.facts),
  ...actions(
    form.buttons.map((one) => (one.verb === 'reword_cause' ? { ...one, label: 'In my words' } : one)),
  ),
];

const noticeBlocks = ({ text }: Notice): SlackBlock[] => textBlocks(text);

/** What could be asked next, as buttons that ask it. Only questions that fit a label whole. */
const followUps = (answer: Answer): Button[] =>
  answer.followUps
    .filter((text) => text.length <= limits.label)
    .map((text, index) => ({ id: `ask-${index}`, verb: 'ask', subject: text, label: text, style: 'plain' }));

/** `action_id` is the verb, `value` the subject; ids must differ within a message, so the second of a verb is numbered. */
function actions(buttons: readonly Button[]): SlackBlock[] {
  if (buttons.length === 0) return [];
  const seen = new Map<string, number>();
  const elements = buttons.slice(0, limits.actions).map((one) => {
    const count = (seen.get(one.verb) ?? 0) + 1;
    seen.set(one.verb, count);
    return {
      type: 'button',
      action_id: count === 1 ? one.verb : `${one.verb}:${count}`,
      value: cut(one.subject, limits.value),
      text: plain(one.label, limits.label),
      ...(one.style === 'plain' ? {} : { style: one.style }),
    };
  });
  return [{ type: 'actions', elements }];
}

/** Never more than Slack takes: the middle goes, the buttons at the end stay, and it is said. */
function fitting(blocks: SlackBlock[]): SlackBlock[] {
  if (blocks.length <= limits.blocks) return blocks;
  const end = blocks.slice(-4);
  const kept = blocks.slice(0, limits.blocks - end.length - 1);
  return [...kept, ...context(['This is longer than Slack shows; the rest is on the page.']), ...end];
}
