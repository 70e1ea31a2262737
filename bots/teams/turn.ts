import { sentenceOf } from '../../plant/errors.ts';
import type { Message } from '../../plant/message.ts';
import type { SurfaceContext } from '../../plant/surface.ts';
import type { Conversations } from './conversations.ts';
import type { Activity } from './inbound.ts';
import { toTeams } from './render.ts';
import type { Outgoing, Reference, Transport } from './transport.ts';

/** Teams as it is open: what every turn works with. */
export type Teams = {
  context: SurfaceContext;
  transport: Transport;
  conversations: Conversations;
  /** What goes on after its turn was answered. */
  working: Set<Promise<void>>;
};
/** One thing somebody did, and where an answer to it goes. */
export type Turn = { activity: Activity; reference: Reference };

export function outgoingOf({ plant, clock }: SurfaceContext, message: Message): Outgoing {
  const { card, ...rest } = toTeams(message, { timezone: plant.timezone, now: clock(), plant });
  return {
    type: 'message',
    ...rest,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

export const say = ({ context, transport }: Teams, { reference }: Turn, message: Message): Promise<string> =>
  transport.say(reference, outgoingOf(context, message));

/** Teams repeats a call that takes over 15 s: the call is answered at once, the work goes on beside it. */
export function beside({ context, working }: Teams, work: Promise<void>): void {
  const done: Promise<void> = work
    .catch((error: unknown) => context.log(`Teams: ${sentenceOf(error).slice(0, 300)}`))
    .finally(() => working.delete(done));
  working.add(done);
}

/** Under which ids somebody may be known. */
export const idsOf = ({ activity: { from } }: Turn): (string | undefined)[] => [from.aadObjectId, from.id];
