/** What people do in Slack: they ask, they press, they send a form. Each is acknowledged first and then worked on. */
import type { App, webApi } from '@slack/bolt';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import { decisionMessage, type Answer, type DecisionMessage, type Message } from '../../plant/message.ts';
import { verb as verbSchema, type Verb } from '../../plant/person.ts';
import type { SurfaceContext } from '../../plant/surface.ts';
import { drawTimeline } from '../pictures/timeline.ts';
import { knownPerson, personOf, privately, trouble } from '../words/people.ts';
import { eventType } from './client.ts';
import { changeForm, formId, inputsOf, originOf } from './form.ts';
import { isDirect, messageEvent, pressed, questionOf, sentForm, threadOf, type Pressed } from './inbound.ts';
import { toSlack } from './render.ts';

type Listen = { app: App; client: webApi.WebClient; context: SurfaceContext };
type Where = { channel: string; thread: string };

/** Registers everything Andon listens to. */
export function listen({ app, client, context }: Listen): void {
  const { people, log } = context;
  const words = () => ({ timezone: context.plant.timezone, now: context.clock() });
  /** Never links, never names somebody, never unfolds a page: whatever the text holds. */
  const quiet = {
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    mrkdwn: false,
  } as const;

  async function post(message: Message, { channel, thread }: Where): Promise<string> {
    const sent = await client.chat.postMessage({
      channel,
      thread_ts: thread,
      ...blocksOf(message),
      ...quiet,
      metadata: { event_type: eventType, event_payload: { key: message.key } },
    });
    return sent.ts ?? '';
  }
  const blocksOf = (message: Message) => {
    const { text, blocks } = toSlack(message, words());
    return { text, blocks: blocks as never[] };
  };
  async function whisper(message: Message, { channel, thread }: Where, user: string): Promise<void> {
    await client.chat
      .postEphemeral({ channel, user, thread_ts: thread, ...blocksOf(message) })
      .catch((error: unknown) => log(`Slack: a private reply could not be given: ${sentenceOf(error)}`));
  }
  /** A failure here has no other listener: the person is told, or at least the log. */
  async function orSay(work: () => Promise<void>, where: Where, user: string | null): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AndonError)) log(`Slack: ${sentenceOf(error)}`);
      if (user) await whisper(trouble(error), where, user);
    }
  }

  async function ask(text: string, where: Where, user: string): Promise<void> {
    if (text === '') return void (await post(privately('Ask me, for example: why did line 3 stop?'), where));
    try {
      const answer = await context.ask({
        text,
        thread: `slack/${where.channel}/${where.thread}`,
        person: personOf(people, 'slack', [user]),
        surface: 'slack',
      });
      await post(answer, where);
      await picture(answer, where);
    } catch (error) {
      await post(trouble(error), where);
    }
  }
  /** The line around the stop, below the answer. An answer without its picture is still an answer. */
  async function picture({ diagnosis }: Answer, { channel, thread }: Where): Promise<void> {
    if (!diagnosis) return;
    try {
      const drawn = await drawTimeline(context, diagnosis.stop.line, diagnosis.stop.from);
      if (!drawn) return;
      await client.filesUploadV2({
        channel_id: channel,
        thread_ts: thread,
        file: Buffer.from(drawn.png, 'base64'),
        filename: `${diagnosis.stop.line}.png`,
        title: 'The line around the stop',
        alt_text: drawn.alt.slice(0, 1_000),
      });
    } catch (error) {
      log(`Slack: the picture of ${diagnosis.stop.line} could not be shown: ${sentenceOf(error)}`);
    }
  }

  async function heard(payload: unknown, eventId: string, mention: boolean): Promise<void> {
    const event = messageEvent.safeParse(payload).data;
    if (!event || !event.user || event.bot_id || (event.subtype && event.subtype !== 'file_share')) return;
    // A mention in a direct message arrives as both kinds of event; the plain message answers it.
    if (mention === isDirect(event)) return;
    if (!(await context.firstTime('slack', eventId || `${event.channel}/${event.ts}`))) return;
    await ask(questionOf(event.text), { channel: event.channel, thread: threadOf(event) }, event.user);
  }
  app.event('app_mention', async ({ event, body }) => heard(event, body.event_id, true));
  app.event('message', async ({ event, body }) => heard(event, body.event_id, false));

  async function press(body: Pressed): Promise<void> {
    const action = body.actions[0];
    const what = verbSchema.safeParse(action?.action_id.split(':')[0]).data;
    const { channel_id: channel, message_ts: ts } = body.container;
    const where = { channel, thread: body.message?.thread_ts ?? body.container.thread_ts ?? ts };
    const user = body.user.id;
    if (!action || !what) return;
    if (!(await context.firstTime('slack', `press/${user}/${ts}/${action.action_id}/${action.action_ts}`)))
      return;
    await orSay(() => act(what, action.value, body, { ...where, ts, user }), where, user);
  }
  type Place = Where & { ts: string; user: string };
  async function act(what: Verb, subject: string, body: Pressed, place: Place): Promise<void> {
    if (what === 'ask') return ask(subject, place, place.user);
    const person = knownPerson(people, 'slack', [place.user]);
    const by = { subject, person, surface: 'slack', place: place.channel };
    if (what === 'edit_decision') {
      const at = { decision: subject, channel: place.channel, ts: place.ts };
      const view = changeForm(await draftOf(subject, () => context.press({ verb: what, ...by })), at);
      await client.views.open({ trigger_id: body.trigger_id, view: view as never });
      return;
    }
    const reply = await context.press({ verb: what, ...by });
    if (reply.kind === 'notice') return whisper(reply, place, place.user);
    await keepDraft(reply);
    if (what === 'do_this') return void (await post(reply, place));
    await replace(reply, place);
  }
  const replace = (message: Message, { channel, ts }: { channel: string; ts: string }) =>
    client.chat.update({
      channel,
      ts,
      ...blocksOf(message),
      metadata: { event_type: eventType, event_payload: { key: message.key } },
    });
  /** A form opens within 3 s and without changing anything, so what the draft says is kept beside it. */
  const keepDraft = (card: DecisionMessage) => context.keep.set(`draft/${card.decision}`, card);
  async function draftOf(decision: string, ask: () => Promise<unknown>): Promise<DecisionMessage> {
    const kept = decisionMessage.safeParse(await context.keep.get(`draft/${decision}`));
    return kept.success ? kept.data : decisionMessage.parse(await ask());
  }
  // What has no meaning here (a link button) is acknowledged too, or Slack shows a warning to the person.
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    const read = pressed.safeParse(body).data;
    if (read) await press(read);
  });

  app.view(formId, async ({ ack, body }) => {
    const read = sentForm.safeParse(body).data;
    const at = read ? originOf(read.view.private_metadata) : null;
    if (!read || !at) return ack();
    try {
      const person = knownPerson(people, 'slack', [read.user.id]);
      const card = await context.press({
        verb: 'edit_decision',
        subject: at.decision,
        person,
        surface: 'slack',
        place: at.channel,
        inputs: inputsOf(read.view.state.values),
      });
      await ack();
      if (card.kind === 'decision') await keepDraft(card);
      await replace(card, at);
    } catch (error) {
      await ack({ response_action: 'errors', errors: { response: sentenceOf(error) } });
    }
  });
}
