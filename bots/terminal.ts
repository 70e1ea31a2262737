/** The terminal that started Andon: alerts are printed there when they come, when their answer changes and when they end. */
import { z } from 'zod';
import type { AlertMessage, Message } from '../plant/message.ts';
import type { Surface } from '../plant/surface.ts';

const options = z.strictObject({});

export default {
  options,
  async open(_, context) {
    const told = new Map<string, string>();
    return {
      id: 'terminal',
      placesFor: () => ['here'],
      tell: async (message, place) => {
        const words = wordsOf(message);
        const [first = ''] = words.split('\n');
        // A new version that answers the same (a colleague took it, one more record came) needs no second print here.
        if (words !== '' && told.get(message.key) !== first) context.log(words);
        told.set(message.key, first);
        return { surface: 'terminal', place, id: message.key };
      },
      find: async () => null,
      close: async () => undefined,
    };
  },
} satisfies Surface<typeof options>;

function wordsOf(message: Message): string {
  if (message.kind === 'alert') return alertWords(message);
  return message.kind === 'decision' ? message.firstLine : '';
}

function alertWords({ state, firstLine, text, suggestions }: AlertMessage): string {
  const lamp = state === 'resolved' ? '[over]' : '[alert]';
  const best = suggestions[0];
  const advice =
    best && state !== 'resolved' ? `\nSuggested: ${best.label}. ${best.lastTime ?? best.why}` : '';
  return state === 'resolved' ? `${lamp} ${firstLine}` : `${lamp} ${firstLine}\n${text}${advice}`;
}
