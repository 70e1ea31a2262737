/**
 * The Bot Connector, for what goes out. It is said as plain JSON through `fetch`: the package's own client drops
 * every property of an entity that it does not know, so that citations and the AI label never arrive, and it waits
 * out a 429 by itself.
 */
import type { CloudAdapter, ConversationReference, TurnContext } from 'botbuilder';
import { AndonError } from '../../plant/errors.ts';
import type { Clock } from '../../plant/time.ts';
import type { Outgoing, Reference } from './transport.ts';

/** What it takes to call the connector. */
export type Caller = {
  adapter: CloudAdapter;
  /** Writes into an activity for whom it is. */
  address: typeof TurnContext.applyConversationReference;
  appId: string;
  clock: Clock;
};
type Conversation = { base: string; headers: Headers };
type Signer = { credentials: { signRequest(request: { headers: Headers }): Promise<unknown> } };

/** A call of the Bot Connector takes well under a second; its own limit for ours is 15 s. */
const timeoutMs = 15_000;

/** Says something, in the thread where the reference names one; its id. */
export async function post(caller: Caller, reference: Reference, outgoing: Outgoing): Promise<string> {
  let id = '';
  await inConversation(caller, reference, async (to) => {
    const under = reference['activityId'];
    const url = typeof under === 'string' ? `${to.base}/${encodeURIComponent(under)}` : to.base;
    id = (await call(caller, 'POST', url, to, addressed(caller, reference, outgoing))).id ?? '';
  });
  return id;
}

/** Changes what was said. False: it is gone. */
export async function put(
  caller: Caller,
  reference: Reference,
  id: string,
  outgoing: Outgoing,
): Promise<boolean> {
  try {
    await inConversation(caller, reference, async (to) => {
      const url = `${to.base}/${encodeURIComponent(id)}`;
      await call(caller, 'PUT', url, to, addressed(caller, reference, { ...outgoing, id }));
    });
    return true;
  } catch (error) {
    if (error instanceof AndonError && error.code === 'not_found') return false;
    throw error;
  }
}

/** Runs with what it takes to call the conversation of a reference. */
async function inConversation(
  { adapter, appId }: Caller,
  reference: Reference,
  work: (to: Conversation) => Promise<void>,
): Promise<void> {
  try {
    await adapter.continueConversationAsync(appId, ofPackage(reference), async (context) => {
      const headers = new Headers({ 'content-type': 'application/json' });
      const client = context.turnState.get<Signer>(adapter.ConnectorClientKey);
      await client.credentials.signRequest({ headers });
      const { serviceUrl, conversation } = context.activity;
      const base = `${serviceUrl.replace(/\/$/, '')}/v3/conversations/${encodeURIComponent(conversation.id)}/activities`;
      await work({ base, headers });
    });
  } catch (error) {
    throw asAndonError(error);
  }
}

const ofPackage = (reference: Reference) => reference as unknown as Partial<ConversationReference>;

const addressed = ({ address }: Caller, reference: Reference, outgoing: Outgoing): Outgoing =>
  address({ ...outgoing }, ofPackage(reference)) as Outgoing;

async function call(
  { clock }: Caller,
  method: 'POST' | 'PUT',
  url: string,
  { headers }: Conversation,
  outgoing: Outgoing,
): Promise<{ id?: string }> {
  const response = await fetch(url, {
    method,
    headers,
    body: JSON.stringify(outgoing),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw refusal(response, clock);
  return (await response.json().catch(() => ({}))) as { id?: string };
}

/** What the Bot Connector refused, as ours: `busy` with `details.retryAt` on 429. */
function refusal({ status, headers }: Response, clock: Clock): AndonError {
  if (status === 429) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return new AndonError('busy', 'Teams takes no more messages for now.', 'It will be tried again.', {
      details: { retryAt: clock() + (Number.isFinite(seconds) ? seconds : 30) * 1_000 },
    });
  }
  if (status === 404)
    return new AndonError(
      'not_found',
      'Teams does not know this conversation or message.',
      'Add Andon to that team or chat again.',
    );
  if (status === 401 || status === 403)
    return new AndonError(
      'unauthorised',
      'Teams refuses the message.',
      'Check that the app is installed there.',
    );
  return new AndonError('unreachable', `Teams answers with ${status}.`, 'It will be tried again.');
}

const asAndonError = (error: unknown): AndonError =>
  error instanceof AndonError
    ? error
    : new AndonError('unreachable', 'Teams does not answer.', 'It will be tried again.', { cause: error });
