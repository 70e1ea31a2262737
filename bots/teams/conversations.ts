import { AndonError } from '../../plant/errors.ts';
import type { SurfaceContext } from '../../plant/surface.ts';
import { placeOf } from './inbound.ts';
import type { Reference } from './transport.ts';

/** Where Andon was installed or spoken to; kept, because Teams tells it once. */
export type Conversations = {
  /** Keeps where an activity came from. True: it was not known before. */
  meet(conversation: string, reference: Reference): Promise<boolean>;
  /** Throws `not_found` with what to do for a conversation that has not met Andon. */
  of(place: string): Promise<Reference>;
};

export function openConversations({ keep }: Pick<SurfaceContext, 'keep'>): Conversations {
  const keyOf = (place: string) => `conversation/${place}`;
  return {
    async meet(conversation, { bot, channelId, serviceUrl, conversation: of }) {
      const place = placeOf(conversation);
      // Who spoke and in which thread is left out: an alert is told to the place, not to a person.
      const reference = { bot, channelId, serviceUrl, conversation: { ...(of as object), id: place } };
      const before = await keep.get(keyOf(place));
      if (JSON.stringify(before) === JSON.stringify(reference)) return false;
      await keep.set(keyOf(place), reference);
      return before === undefined || before === null;
    },
    async of(place) {
      const kept = await keep.get(keyOf(place));
      if (kept) return kept as Reference;
      throw new AndonError(
        'not_found',
        `The Teams conversation "${place.slice(0, 120)}" has not met Andon yet.`,
        'Install the app there, or write to it once.',
      );
    },
  };
}
