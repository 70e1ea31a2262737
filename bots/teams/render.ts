/** Any message of Andon as an Adaptive Card 1.5. Pure: the same message gives the same card. */
import type { AlertMessage, Answer, Button, FormMessage, Message, Notice } from '../../plant/message.ts';
import {
  blocksOf,
  cut,
  evidenceLine,
  evidenceTitle,
  lookedAt,
  phrasedBy,
  plainText,
  stateWords,
  suggestionLine,
  type Words,
} from '../words/answer.ts';
import { withTable } from '../words/table.ts';

/** Teams takes about 100 kB per message; half is left for what Teams itself adds and for other alphabets. Bytes and counts. */
export const limits = {
  card: 50_000,
  text: 4_000,
  line: 1_000,
  label: 75,
  actions: 6,
  evidence: 10,
  tableRows: 25,
  tableColumns: 8,
  input: 2_000,
} as const;

type CardElement = { type: string } & Record<string, unknown>;
type TeamsMessage = {
  /** What a notification and a list of chats show. */
  summary: string;
  /** Names the sources that the citations belong to; only where there are some. */
  text?: string;
  card: CardElement;
  entities: Record<string, unknown>[];
};

/**
 * Data is shown in text runs only: Adaptive Cards read Markdown in text blocks and fact sets, never in runs.
 * Runs still read `{{DATE(...)}}`, so double braces are parted by an invisible space.
 */
const shown = (text: string, length: number): string => cut(text, length).replaceAll('{{', '{\u200b{') || ' ';
type Look = { weight?: 'Bolder'; size?: 'Medium' | 'Small'; isSubtle?: true };
const said = (text: string, look: Look = {}, length: number = limits.text): CardElement => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text: shown(text, length), ...look }],
});
const small = (text: string): CardElement => said(text, { size: 'Small', isSubtle: true }, limits.line);
const fact = ({ label, value }: { label: string; value: string }): CardElement => ({
  type: 'RichTextBlock',
  inlines: [
    { type: 'TextRun', text: shown(`${label}: `, 200), weight: 'Bolder' },
    { type: 'TextRun', text: shown(value, limits.line) },
  ],
});

/** The card, its notification line, and for answers the AI label and the citations. */
export function toTeams(message: Message, words: Words): TeamsMessage {
  return {
    summary: cut(message.firstLine, 200),
    card: cardOf(message, words),
    ...(message.kind === 'answer' ? sourcesOf(message, words) : { entities: [] }),
  };
}

/** How much is shown: everything, then fewer blocks, until Teams takes it. What was left out is said. */
const amounts = [200, 30, 10, 3];

function cardOf(message: Message, words: Words): CardElement {
  let card = whole(message, words, amounts[0] ?? 1);
  for (const most of amounts.slice(1)) {
    if (Buffer.byteLength(JSON.stringify(card)) <= limits.card) break;
    card = whole(message, words, most);
  }
  return card;
}

function whole(message: Message, words: Words, most: number): CardElement {
  const { before, after } = partsOf(message, words);
  const left = before.length - most;
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: cut(plainText(message), limits.text),
    msteams: { width: 'Full' },
    body: [
      said(message.firstLine, { weight: 'Bolder', size: 'Medium' }, limits.line),
      ...before.slice(0, most),
      ...(left > 0 ? [small('This is longer than Teams shows; the rest is on the page.')] : []),
      ...after,
    ],
  };
}

/** `before` may be cut short, `after` (evidence, buttons) stays. */
type Parts = { before: CardElement[]; after: CardElement[] };

function partsOf(message: Message, words: Words): Parts {
  switch (message.kind) {
    case 'answer':
      return answerParts(message, words);
    case 'alert':
      return alertParts(message, words);
    case 'decision':
    case 'correction':
      return formParts(message);
    case 'notice':
      return { before: textBlocks((message as Notice).text), after: [] };
  }
}

const textBlocks = (text: string): CardElement[] =>
  blocksOf(text).flatMap((block) =>
    block.kind === 'paragraph' ? [said(block.text)] : block.items.map((item) => said(`• ${item}`)),
  );

function answerParts(answer: Answer, words: Words): Parts {
  const already = `${answer.firstLine}\n${answer.text}`;
  const { text, table } = withTable(answer);
  const missing = answer.missing.filter((one) => !already.includes(one.replace(/\.$/, '')));
  return {
    before: [...picture(answer), ...textBlocks(text), ...tableOf(table), ...missing.map(small)],
    after: [
      ...folded('causes', 'Causes that were looked at', lookedAt(answer, words)),
      ...evidenceOf(answer, words),
      ...actions([...answer.buttons, ...followUps(answer)]),
      small(phrasedBy(answer)),
    ],
  };
}

/** A picture inside the card counts against its size: a larger one is left to the page. Characters of base64. */
export const pictureLength = 36_000;
const picture = ({ picture: drawn }: Answer): CardElement[] =>
  drawn && drawn.png.length <= pictureLength
    ? [
        {
          type: 'Image',
          url: `data:image/png;base64,${drawn.png}`,
          altText: cut(drawn.alt, 500),
          size: 'Stretch',
        },
      ]
    : [];

function tableOf(table: Answer['table']): CardElement[] {
  if (!table || table.columns.length === 0) return [];
  const cells = (row: readonly string[], look: Look = {}) => ({
    type: 'TableRow',
    cells: row
      .slice(0, limits.tableColumns)
      .map((text) => ({ type: 'TableCell', items: [said(text, look, 120)] })),
  });
  return [
    {
      type: 'Table',
      firstRowAsHeaders: true,
      columns: table.columns.slice(0, limits.tableColumns).map(() => ({ width: 1 })),
      rows: [
        cells(table.columns, { weight: 'Bolder' }),
        ...table.rows.slice(0, limits.tableRows).map((row) => cells(row)),
      ],
    },
  ];
}

/** Folded: one look at the answer first, "how do you know?" with one press. */
function evidenceOf({ evidence }: Answer, words: Words): CardElement[] {
  const more = evidence.length - limits.evidence;
  const lines = evidence
    .slice(0, limits.evidence)
    .map((one, index) => `${index + 1}. ${evidenceLine(one, words)}`);
  const rest = more > 0 ? [`${more} more are on the page.`] : [];
  return folded('evidence', evidenceTitle(evidence), [...lines, ...rest]);
}

/** A title that opens what stands under it. */
function folded(id: string, title: string, lines: readonly string[]): CardElement[] {
  if (lines.length === 0) return [];
  return [
    {
      type: 'ActionSet',
      actions: [{ type: 'Action.ToggleVisibility', title: cut(title, limits.label), targetElements: [id] }],
    },
    {
      type: 'Container',
      id,
      isVisible: false,
      items: lines.map((line) => said(line, { size: 'Small' }, 400)),
    },
  ];
}

function alertParts(alert: AlertMessage, words: Words): Parts {
  return {
    before: [
      small(stateWords(alert)),
      ...textBlocks(alert.text),
      ...(alert.state === 'resolved'
        ? []
        : alert.suggestions.map((one) => fact({ label: 'Suggested', value: suggestionLine(one) }))),
      ...alert.missing.filter((one) => !alert.text.includes(one.replace(/\.$/, ''))).map(small),
      ...alert.history.slice(-10).map(small),
    ],
    after: [
      ...folded('causes', 'Causes that were looked at', lookedAt(alert, words)),
      ...actions(alert.buttons),
    ],
  };
}

/** A draft is changed in the card itself; what its fields hold goes with Confirm. */
function formParts(form: FormMessage): Parts {
  const fields: readonly { name: string; label: string; value: string }[] = form.fields;
  const inputs = fields.map(({ name, label, value }): CardElement => ({
    type: 'Input.Text',
    id: name,
    label: cut(label, 200),
    value: value.slice(0, limits.input),
    isMultiline: true,
    maxLength: limits.input,
    ...(name === 'response' ? { isRequired: true, errorMessage: 'Say what we do.' } : {}),
  }));
  return { before: form.facts.map(fact), after: [...inputs, ...actions(form.buttons)] };
}

const followUps = (answer: Answer): Button[] =>
  answer.followUps
    .filter((text) => text.length <= limits.label)
    .map((text, index) => ({ id: `ask-${index}`, verb: 'ask', subject: text, label: text, style: 'plain' }));

const sendsForm: readonly Button['verb'][] = ['confirm_decision', 'edit_decision', 'reword_cause'];
const styles = { primary: 'positive', danger: 'destructive', plain: 'default' } as const;

function actions(buttons: readonly Button[]): CardElement[] {
  if (buttons.length === 0) return [];
  const made = buttons.slice(0, limits.actions).map((one) => {
    const data = { verb: one.verb, subject: one.subject };
    // Only Confirm and the like send the form; refusing a draft must not ask for its fields first.
    const associatedInputs = sendsForm.includes(one.verb) ? 'auto' : 'none';
    const shared = { title: cut(one.label, limits.label), style: styles[one.style], data, associatedInputs };
    return {
      type: 'Action.Execute',
      verb: one.verb,
      ...shared,
      fallback: { type: 'Action.Submit', ...shared },
    };
  });
  return [{ type: 'ActionSet', actions: made }];
}

/** Teams marks a message that a model phrased, and shows each source behind its number. */
function sourcesOf(answer: Answer, words: Words): Pick<TeamsMessage, 'text' | 'entities'> {
  const cited = answer.evidence.slice(0, limits.evidence);
  const generated = answer.model !== 'offline';
  if (cited.length === 0 && !generated) return { entities: [] };
  const entity = {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    ...(generated ? { additionalType: ['AIGeneratedContent'] } : {}),
    citation: cited.map((one, index) => ({
      '@type': 'Claim',
      position: index + 1,
      appearance: {
        '@type': 'DigitalDocument',
        name: cut(one.system, 80),
        abstract: cut(evidenceLine(one, words), 160),
      },
    })),
  };
  const numbers = cited.map((_, index) => `[${index + 1}]`).join(' ');
  return { ...(cited.length > 0 ? { text: `Sources: ${numbers}` } : {}), entities: [entity] };
}
