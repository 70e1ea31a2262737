import type { FormMessage } from '../../plant/message.ts';
import { z } from 'zod';
import { cut } from '../words/answer.ts';
import { subjectOf, verbOfForm } from '../words/people.ts';
import type { SlackBlock } from './render.ts';

/** Where the draft stands that a form changes; a form does not know its message, so it carries this. */
const origin = z.object({
  verb: z.enum(['edit_decision', 'reword_cause']),
  subject: z.string(),
  channel: z.string(),
  ts: z.string(),
  /** Of the alert's message: Slack threads no reply below a reply, and the draft is one. */
  thread: z.string(),
});
type Origin = z.infer<typeof origin>;

export const formId = 'change_draft';
/** Slack allows 3,000 characters in an input and in `private_metadata`; ours stay under 2,000 as on the page. */
const inputLength = 2_000;

/** The form that changes a draft: response, constraint and tradeoffs of a decision, or the words of a correction. */
export function changeForm(draft: FormMessage, place: Pick<Origin, 'channel' | 'ts' | 'thread'>) {
  const { firstLine } = draft;
  const fields: readonly { name: string; label: string; value: string }[] = draft.fields;
  const at: Origin = { verb: verbOfForm(draft), subject: subjectOf(draft), ...place };
  const plain = (text: string, length: number) => ({ type: 'plain_text' as const, text: cut(text, length) });
  const blocks: SlackBlock[] = [
    { type: 'context', elements: [{ ...plain(firstLine, 2_000), emoji: false }] },
    ...fields.map(({ name, label, value }) => ({
      type: 'input',
      block_id: name,
      optional: name !== 'response' && name !== 'words',
      label: plain(label, 2_000),
      element: {
        type: 'plain_text_input',
        action_id: 'value',
        multiline: true,
        max_length: inputLength,
        initial_value: value.slice(0, inputLength),
      },
    })),
  ];
  return {
    type: 'modal' as const,
    callback_id: formId,
    private_metadata: JSON.stringify(at),
    title: plain(draft.kind === 'decision' ? 'Change the draft' : 'In your words', 24),
    submit: plain('Save', 24),
    close: plain('Leave as it is', 24),
    blocks,
  };
}

/** Where a sent form belongs; null: not one of ours. */
export function originOf(privateMetadata: string): Origin | null {
  try {
    return origin.parse(JSON.parse(privateMetadata));
  } catch {
    return null;
  }
}

type Values = Readonly<Record<string, Readonly<Record<string, { value?: string | null | undefined }>>>>;
/** The fields as a press carries them. */
export const inputsOf = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, field]) => [name, field['value']?.value ?? '']));
