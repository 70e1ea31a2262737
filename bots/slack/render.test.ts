import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { everyMessage, hostile, noticeOf, worst, words } from '../testing/messages.ts';
import { changeForm } from './form.ts';
import { questionOf } from './inbound.ts';
import { toSlack } from './render.ts';
import { decisionOf } from '../testing/messages.ts';

/** Block Kit as Slack documents it, counted in UTF-16 units, which is never less than characters. */
const plainText = (most: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(most),
    emoji: z.literal(false),
  });
const run = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  style: z.strictObject({ bold: z.boolean() }).optional(),
});
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plainText(150) }),
  z.strictObject({ type: z.literal('section'), text: plainText(3_000) }),
  z.strictObject({ type: z.literal('context'), elements: z.array(plainText(2_000)).min(1).max(10) }),
  z.strictObject({
    type: z.literal('rich_text'),
    elements: z
      .array(z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(run).min(1) }))
      .min(1),
  }),
  z.strictObject({
    type: z.literal('table'),
    rows: z
      .array(z.array(z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) })).max(20))
      .max(100),
  }),
  z.strictObject({
    type: z.literal('actions'),
    elements: z
      .array(
        z.strictObject({
          type: z.literal('button'),
          action_id: z.string().max(255),
          value: z.string().max(2_000),
          text: plainText(75),
          style: z.enum(['primary', 'danger']).optional(),
        }),
      )
      .min(1)
      .max(25)
      .refine((all) => new Set(all.map(({ action_id }) => action_id)).size === all.length),
  }),
]);
const slackMessage = z.strictObject({
  text: z.string().min(1).max(4_000),
  blocks: z
    .array(block)
    .min(1)
    .max(50)
    .refine((all) => all.filter(({ type }) => type === 'table').length <= 1),
});
/** Half of a surrogate pair is not a character; Slack answers such text with an error. */
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

describe('a message in Slack', () => {
  test.each(Object.entries(everyMessage))('%s', (_, message) => {
    const shown = toSlack(message, words);
    slackMessage.parse(shown);
    expect(shown).toMatchSnapshot();
  });
  test.each(worst.map((message) => [message.kind, message] as const))(
    'the longest and worst %s keeps every limit and stays small enough to send',
    (_, message) => {
      const shown = toSlack(message, words);
      slackMessage.parse(shown);
      expect(JSON.stringify(shown)).not.toMatch(loneSurrogate);
    },
  );
  test('nothing from outside becomes a mention, a link or bold type', () => {
    for (const message of worst) {
      const { text, blocks } = toSlack(message, words);
      expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      // Every text object is plain or a rich-text run: Slack reads no markup out of either.
      expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
      expect(JSON.stringify(blocks)).not.toMatch(/"type":"(link|user|channel|broadcast|emoji)"/);
    }
  });
  test('what is quoted stands as it was written', () => {
    expect(JSON.stringify(toSlack(noticeOf({ text: hostile }), words).blocks)).toContain(
      JSON.stringify(hostile).slice(1, -1),
    );
  });
});

test('the form keeps the limits of a modal', () => {
  const view = changeForm(
    decisionOf({
      firstLine: 'x'.repeat(5_000),
      fields: [{ name: 'response', label: 'What', value: 'v'.repeat(9_000) }],
    }),
    { channel: 'C1', ts: '1.2', thread: '1.0' },
  );
  expect(view.title.text.length).toBeLessThanOrEqual(24);
  expect(view.submit.text.length).toBeLessThanOrEqual(24);
  expect(view.private_metadata.length).toBeLessThanOrEqual(3_000);
  const { element } = view.blocks[1] as unknown as { element: { initial_value: string; max_length: number } };
  expect(element.initial_value.length).toBeLessThanOrEqual(element.max_length);
});

test.each([
  ['<@U0ANDON> why did line 3 stop?', 'why did line 3 stop?'],
  ['<@U0ANDON|andon>   why\n did <#C123|line-3> stop?', 'why did line-3 stop?'],
  ['torque &lt; 5 &amp; rising?', 'torque < 5 & rising?'],
  ['see <https://wiki.example/x|the wiki> and <https://a.example>', 'see the wiki and https://a.example'],
  ['<!channel> <@U0ANDON>', ''],
])('%s is asked as plain words', (text, question) => {
  expect(questionOf(text)).toBe(question);
});
