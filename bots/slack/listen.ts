/** What people do in Slack: they ask, they press, they send a form. Each is acknowledged first and then worked on. */
import type { App } from '@slack/bolt';
import type { SurfaceContext } from '../../plant/surface.ts';
import { heard } from './ask.ts';
import { formId } from './form.ts';
import { press, sent } from './press.ts';
import type { Say } from './say.ts';

/** Registers everything Andon listens to. The returned function waits for what is still being worked on. */
export function listen(app: App, context: SurfaceContext, say: Say): () => Promise<void> {
  const slack = { context, say };
  const working = new Set<Promise<void>>();
  const track = async (work: Promise<void>): Promise<void> => {
    working.add(work);
    await work.finally(() => working.delete(work));
  };
  app.event('app_mention', ({ event, body }) => track(heard(slack, event, body.event_id, true)));
  app.event('message', ({ event, body }) => track(heard(slack, event, body.event_id, false)));
  // What has no meaning here (a link button) is acknowledged too, or Slack shows a warning to the person.
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    await track(press(slack, body));
  });
  app.view(formId, async ({ ack, body }) => {
    const { refused, show, field } = await sent(slack, body);
    if (refused !== null)
      return ack({ response_action: 'errors', errors: { [field ?? 'response']: refused } });
    await ack();
    await track(show());
  });
  return async () => void (await Promise.allSettled(working));
}
