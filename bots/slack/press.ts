/** What buttons and forms mean; replies to the presser alone, or with the card that takes their place. */
import { z } from 'zod';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import { correctionMessage, decisionMessage, type FormMessage } from '../../plant/message.ts';
import { verb as verbSchema, type Verb } from '../../plant/person.ts';
import type { Reply, SurfaceContext } from '../../plant/surface.ts';
import { beginsDraft, knownPerson, subjectOf, trouble } from '../words/people.ts';
import { ask } from './ask.ts';
import { changeForm, inputsOf, originOf } from './form.ts';
import { pressed, sentForm, type Pressed } from './inbound.ts';
import type { Slack, Where } from './say.ts';

/** `field`: the one below which a refusal is shown. */
type Sent = { refused: string | null; field?: string; show(): Promise<void> };
type Place = Where & { ts: string; user: string };

/** A button. Slack tells a press again where it was not acknowledged in time: it counts once. */
export async function press(slack: Slack, payload: unknown): Promise<void> {
  const { context, say } = slack;
  const body = pressed.safeParse(payload).data;
  const action = body?.actions[0];
  const what = verbSchema.safeParse(action?.action_id.split(':')[0]).data;
  if (!body || !action || !what) return;
  const { channel_id: channel, message_ts: ts } = body.container;
  const thread = body.message?.thread_ts ?? body.container.thread_ts ?? ts;
  const place = { channel, thread, ts, user: body.user.id };
  const once = `press/${place.user}/${ts}/${action.action_id}/${action.action_ts}`;
  if (!(await context.firstTime('slack', once))) return;
  try {
    await act(slack, what, action.value, body, place);
  } catch (error) {
    if (!(error instanceof AndonError)) context.log(`Slack: ${sentenceOf(error)}`);
    await say.whisper(trouble(error), place, place.user);
  }
}

async function act(slack: Slack, what: Verb, subject: string, body: Pressed, place: Place): Promise<void> {
  const { context, say } = slack;
  if (what === 'ask') return ask(slack, subject, place, place.user);
  const person = knownPerson(context.people, 'slack', [place.user]);
  const by = { subject, person, surface: 'slack', place: place.channel };
  if (what === 'edit_decision' || what === 'reword_cause') {
    const { channel, ts, thread } = place;
    const asIs = await draftOf(context, subject, () => context.press({ verb: what, ...by }));
    const view = changeForm(asIs, { channel, ts, thread });
    await say.client.views.open({ trigger_id: body.trigger_id, view: view as never });
    return;
  }
  const reply = await context.press({ verb: what, ...by });
  if (reply.kind === 'notice') return say.whisper(reply, place, place.user);
  await keepDraft(context, reply);
  if (beginsDraft(what)) return void (await say.post(reply, place));
  await say.replace(reply, place);
}

/**
 * A form that was sent. `refused`: why it cannot be taken, which the form then shows. `show` puts the changed
 * draft in place; it comes after the acknowledgement, which Slack awaits for 3 s only.
 */
export async function sent({ context, say }: Slack, payload: unknown): Promise<Sent> {
  const nothing = async () => undefined;
  const body = sentForm.safeParse(payload).data;
  const at = body ? originOf(body.view.private_metadata) : null;
  if (!body || !at) return { refused: null, show: nothing };
  try {
    const card = await context.press({
      verb: at.verb,
      subject: at.subject,
      person: knownPerson(context.people, 'slack', [body.user.id]),
      surface: 'slack',
      place: at.channel,
      inputs: inputsOf(body.view.state.values),
    });
    await keepDraft(context, card);
    const { channel, ts, thread } = at;
    // A short word is for the sender alone; the draft stays where it stands.
    if (card.kind === 'notice')
      return { refused: null, show: () => say.whisper(card, { channel, thread }, body.user.id) };
    return { refused: null, show: () => say.replace(card, { channel, ts }) };
  } catch (error) {
    const field = at.verb === 'reword_cause' ? 'words' : 'response';
    return { refused: sentenceOf(error), field, show: nothing };
  }
}

const draft = z.discriminatedUnion('kind', [decisionMessage, correctionMessage]);

/** A form opens within 3 s and without changing anything, so what the draft says is kept beside it until it is decided. */
async function keepDraft({ keep }: SurfaceContext, card: Reply): Promise<void> {
  if (card.kind !== 'notice')
    await keep.set(`draft/${subjectOf(card)}`, card.status === 'proposed' ? card : null);
}

async function draftOf(
  { keep }: SurfaceContext,
  subject: string,
  fresh: () => Promise<unknown>,
): Promise<FormMessage> {
  const kept = draft.safeParse(await keep.get(`draft/${subject}`));
  return kept.success ? kept.data : draft.parse(await fresh());
}
