/** What Teams sends, as far as Andon reads it. Everything is checked before it is used. */
import { z } from 'zod';
import { verb } from '../../plant/person.ts';

const account = z.looseObject({ id: z.string(), aadObjectId: z.string().optional() });
export const activity = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  name: z.string().optional(),
  text: z.string().nullish(),
  action: z.string().optional(),
  channelId: z.string(),
  serviceUrl: z.url(),
  from: account,
  recipient: account,
  conversation: z.looseObject({ id: z.string().min(1).max(500), tenantId: z.string().optional() }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string() }).optional() }).nullish(),
  replyToId: z.string().optional(),
  membersAdded: z.array(account).optional(),
  value: z.unknown().optional(),
});
export type Activity = z.infer<typeof activity>;

/** A button: what it means and what it is about, with the inputs of the card beside. */
const pressed = z.looseObject({ verb, subject: z.string().max(2_000) });
const execute = z.object({ action: z.object({ data: pressed }) });

export type Pressed = { verb: z.infer<typeof verb>; subject: string; inputs: Record<string, string> };

/** The press in an activity: of `Action.Execute`, or of the `Action.Submit` that stands in for it; null: none. */
export function pressOf({ type, name, value }: Activity): Pressed | null {
  const data =
    type === 'invoke'
      ? name === 'adaptiveCard/action'
        ? execute.safeParse(value).data?.action.data
        : undefined
      : pressed.safeParse(value).data;
  if (!data) return null;
  const { verb: what, subject, ...rest } = data;
  const inputs = Object.fromEntries(
    Object.entries(rest).filter((one): one is [string, string] => typeof one[1] === 'string'),
  );
  // An emptied input is not sent at all; where the form was, that means "nothing", not "as it was".
  const form = 'response' in inputs ? { constraint: '', tradeoffs: '' } : {};
  return { verb: what, subject, inputs: { ...form, ...inputs } };
}

/** The question in plain words: without the mention of the bot, escapes undone. */
export function questionOf(text: string): string {
  return text
    .replace(/<at[^>]*>[^<]*<\/at>/gi, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A channel's id without the thread: what an alert is told to, and the key in the YAML. */
export const placeOf = (conversation: string): string => conversation.replace(/;messageid=.*$/, '');

/** The tenant that an activity says it comes from. */
export const tenantOf = ({ conversation, channelData }: Activity): string | null =>
  conversation.tenantId ?? channelData?.tenant?.id ?? null;
