import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { everyMessage, hostile, noticeOf, words, worst } from '../testing/messages.ts';
import { textOf, type Card } from '../testing/teams.ts';
import { questionOf } from './inbound.ts';
import { limits, toTeams } from './render.ts';

/** The part of Adaptive Cards 1.5 that Andon uses. Nothing in it reads Markdown but labels and titles, which are ours. */
const run = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  weight: z.literal('Bolder').optional(),
  size: z.enum(['Medium', 'Small']).optional(),
  isSubtle: z.boolean().optional(),
});
const text = z.strictObject({ type: z.literal('RichTextBlock'), inlines: z.array(run).min(1) });
const press = z.strictObject({ verb: z.string(), subject: z.string() });
const action = {
  title: z.string().min(1).max(75),
  style: z.enum(['default', 'positive', 'destructive']),
  data: press,
  associatedInputs: z.enum(['auto', 'none']),
};
const actions = z.strictObject({
  type: z.literal('ActionSet'),
  actions: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('Action.Execute'),
          verb: z.string(),
          ...action,
          fallback: z.strictObject({ type: z.literal('Action.Submit'), ...action }),
        }),
        z.strictObject({
          type: z.literal('Action.ToggleVisibility'),
          title: z.string().max(75),
          targetElements: z.tuple([z.literal('evidence')]),
        }),
      ]),
    )
    .min(1)
    .max(6),
});
const element = z.discriminatedUnion('type', [
  text,
  actions,
  z.strictObject({
    type: z.literal('Container'),
    id: z.literal('evidence'),
    isVisible: z.literal(false),
    items: z.array(text).max(11),
  }),
  z.strictObject({
    type: z.literal('Table'),
    firstRowAsHeaders: z.literal(true),
    columns: z.array(z.strictObject({ width: z.literal(1) })).max(8),
    rows: z
      .array(
        z.strictObject({
          type: z.literal('TableRow'),
          cells: z.array(z.strictObject({ type: z.literal('TableCell'), items: z.array(text) })).max(8),
        }),
      )
      .max(26),
  }),
  z.strictObject({
    type: z.literal('Image'),
    url: z.string().startsWith('data:image/png;base64,'),
    altText: z.string().min(1),
    size: z.literal('Stretch'),
  }),
  z.strictObject({
    type: z.literal('Input.Text'),
    id: z.enum(['response', 'constraint', 'tradeoffs']),
    label: z.string().min(1),
    value: z.string().max(2_000),
    isMultiline: z.literal(true),
    maxLength: z.literal(2_000),
    isRequired: z.literal(true).optional(),
    errorMessage: z.string().optional(),
  }),
]);
const card = z.strictObject({
  type: z.literal('AdaptiveCard'),
  $schema: z.string(),
  version: z.literal('1.5'),
  fallbackText: z.string().min(1).max(4_000),
  msteams: z.strictObject({ width: z.literal('Full') }),
  body: z.array(element).min(1),
});

describe('a message in Teams', () => {
  test.each(Object.entries(everyMessage))('%s', (_, message) => {
    const shown = toTeams(message, words);
    card.parse(shown.card);
    expect(shown).toMatchSnapshot();
  });
  test.each(worst.map((message) => [message.kind, message] as const))(
    'the longest and worst %s is a card that Teams takes',
    (_, message) => {
      const shown = toTeams(message, words);
      card.parse(shown.card);
      expect(shown.summary.length).toBeLessThanOrEqual(200);
      expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThan(limits.card + 12_000);
    },
  );
  test('nothing from outside becomes a date, and what is quoted stands as it was written', () => {
    const said = textOf(toTeams(noticeOf({ text: hostile }), words).card as unknown as Card);
    expect(said).not.toContain('{{');
    expect(said.replaceAll('\u200b', '')).toContain(hostile);
  });
  test('the picture is in the card where it is small enough', () => {
    const answer = everyMessage['answer'];
    if (answer?.kind !== 'answer') throw new Error('no answer');
    const withPicture = (length: number) =>
      toTeams({ ...answer, picture: { png: 'A'.repeat(length), alt: 'The line.' } }, words).card;
    expect(JSON.stringify(withPicture(30_000))).toContain('data:image/png');
    expect(JSON.stringify(withPicture(200_000))).not.toContain('data:image/png');
  });
});

test.each([
  ['<at>Andon</at> why did line 3 stop?', 'why did line 3 stop?'],
  ['<at id="0">Andon Bot</at>&nbsp;is torque &lt; 5 &amp; rising?', 'is torque < 5 & rising?'],
  ['<at>Andon</at>', ''],
])('%s is asked as plain words', (sent, question) => {
  expect(questionOf(sent)).toBe(question);
});
