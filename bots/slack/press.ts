import { AndonError, sentenceOf } from '../../plant/errors.ts';
import { decisionMessage, type DecisionMessage, type Notice } from '../../plant/message.ts';
import { verb as verbSchema, type Verb } from '../../plant/person.ts';
import type { SurfaceContext } from '../../plant/surface.ts';
import { knownPerson, trouble } from '../words/people.ts';
import type { Asking } from './ask.ts';
import { changeForm, inputsOf, originOf } from './form.ts';
import { pressed, sentForm, type Pressed } from './inbound.ts';
import type { Say, Where } from './say.ts';

type Place = Where & { ts: string; user: string };

/** Does what buttons and forms mean; replies to the presser alone, or with the card that takes their place. */
export function openPressing(context: SurfaceContext, say: Say, asking: Asking) {
  /** A form opens within 3 s and without changing anything, so what the draft says is kept beside it. */
  const keepDraft = async (card: Notice | DecisionMessage) =>
    card.kind === 'decision' ? context.keep.set(`draft/${card.decision}`, card) : undefined;
  async function draftOf(decision: string, ask: () => Promise<unknown>): Promise<DecisionMessage> {
    const kept = decisionMessage.safeParse(await context.keep.get(`draft/${decision}`));
    return kept.success ? kept.data : decisionMessage.parse(await ask());
  }

  async function press(payload: unknown): Promise<void> {
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
      await act(what, action.value, body, place);
    } catch (error) {
      if (!(error instanceof AndonError)) context.log(`Slack: ${sentenceOf(error)}`);
      await say.whisper(trouble(error), place, place.user);
    }
  }

  async function act(what: Verb, subject: string, body: Pressed, place: Place): Promise<void> {
    if (what === 'ask') return asking.ask(subject, place, place.user);
    const person = knownPerson(context.people, 'slack', [place.user]);
    const by = { subject, person, surface: 'slack', place: place.channel };
    if (what === 'edit_decision') {
      const at = { decision: subject, channel: place.channel, ts: place.ts };
      const view = changeForm(await draftOf(subject, () => context.press({ verb: what, ...by })), at);
      await say.client.views.open({ trigger_id: body.trigger_id, view: view as never });
      return;
    }
    const reply = await context.press({ verb: what, ...by });
    if (reply.kind === 'notice') return say.whisper(reply, place, place.user);
    await keepDraft(reply);
    if (what === 'do_this') return void (await say.post(reply, place));
    await say.replace(reply, place);
  }

  /**
   * A form that was sent. `refused`: why it cannot be taken, which the form then shows. `show` puts the changed
   * draft in place; it comes after the acknowledgement, which Slack awaits for 3 s only.
   */
  async function sent(payload: unknown): Promise<{ refused: string | null; show(): Promise<void> }> {
    const nothing = async () => undefined;
    const body = sentForm.safeParse(payload).data;
    const at = body ? originOf(body.view.private_metadata) : null;
    if (!body || !at) return { refused: null, show: nothing };
    try {
      const card = await context.press({
        verb: 'edit_decision',
        subject: at.decision,
        person: knownPerson(context.people, 'slack', [body.user.id]),
        surface: 'slack',
        place: at.channel,
        inputs: inputsOf(body.view.state.values),
      });
      await keepDraft(card);
      return { refused: null, show: () => say.replace(card, at) };
    } catch (error) {
      return { refused: sentenceOf(error), show: nothing };
    }
  }
  return { press, sent };
}
