/** Microsoft Teams: ask in a chat or a channel, be told of alerts there, press and decide in the card. */
import type { Surface } from '../../plant/surface.ts';
import { options } from './options.ts';
import { openTeams } from './surface.ts';

export default {
  options,
  open: (chosen, context) => openTeams(chosen, context),
} satisfies Surface<typeof options>;
