import type { IncomingMessage, ServerResponse } from 'node:http';
import { AndonError } from '../../plant/errors.ts';
import type { Message } from '../../plant/message.ts';
import type { MessagePlace, OpenSurface, SurfaceContext } from '../../plant/surface.ts';
import { placesOf } from '../words/people.ts';
import { openConversations } from './conversations.ts';
import { activity as activitySchema, tenantOf, type Activity } from './inbound.ts';
import { openListener } from './listen.ts';
import type { Options } from './options.ts';
import { toTeams } from './render.ts';
import { openTransport, type Connector, type Outgoing } from './transport.ts';

/** Opens Teams. `connector`: other addresses of the Bot Connector than Microsoft's public ones. */
export async function openTeams(
  { appId, appPassword, tenantId, conversations: places, emulator }: Options,
  context: SurfaceContext,
  connector?: Connector,
): Promise<OpenSurface> {
  const app =
    appId && appPassword && tenantId ? { id: appId, password: appPassword, tenant: tenantId } : null;
  if (!app && !emulator)
    throw new AndonError(
      'bad_config',
      'Teams has no appId, so anybody could speak in its name.',
      'Set appId, appPassword and tenantId under surfaces.teams.',
    );
  const transport = await openTransport({ app, connector, clock: context.clock });
  const conversations = openConversations(context);
  const outgoing = (message: Message): Outgoing => {
    const { plant } = context;
    const words = { timezone: plant.timezone, now: context.clock(), plant };
    const { card, ...rest } = toTeams(message, words);
    return {
      type: 'message',
      ...rest,
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
    };
  };
  const listener = openListener({ context, transport, conversations, outgoing });

  context.route({
    method: 'POST',
    path: '/api/messages',
    own: true,
    open: true,
    handle: async (request, response, { bytes }) => {
      const activity = read(bytes.toString('utf8'));
      if (emulator) checkLoopback(request, activity);
      const reply = await transport.receive(request.headers.authorization ?? '', activity, (reference) =>
        tenantId && tenantOf(activity) !== null && tenantOf(activity) !== tenantId
          ? Promise.resolve({ status: 403, body: {} })
          : listener.turn(activity, reference),
      );
      answer(response, reply?.status ?? 200, reply?.body);
    },
  });

  async function tell(message: Message, place: string, at: MessagePlace | null): Promise<MessagePlace> {
    const reference = await conversations.of(place);
    if (at && (await transport.change(reference, at.id, outgoing(message))))
      return { ...at, surface: 'teams', place };
    return { surface: 'teams', place, id: await transport.say(reference, outgoing(message)) };
  }
  return {
    id: 'teams',
    placesFor: (line) => placesOf(places, line),
    tell,
    // The Bot Connector has no way to look at what was said: after a death between saying and keeping, at most one repeat.
    find: async () => null,
    close: listener.settle,
  };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

function read(body: string): Activity {
  try {
    return activitySchema.parse(JSON.parse(body));
  } catch (error) {
    throw new AndonError(
      'bad_input',
      'This is no activity of the Bot Connector.',
      'Only the Bot Connector of Teams posts here.',
      { cause: error },
    );
  }
}

const loopback = (address: string): boolean => /^(127\.|::1$|::ffff:127\.|localhost$)/.test(address);

/** Without authentication nobody but a program on this machine is heard, and nothing is said but to this machine. */
function checkLoopback(request: IncomingMessage, { serviceUrl }: Activity): void {
  const { localAddress = '', remoteAddress = '' } = request.socket;
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers['forwarded'];
  const target = new URL(serviceUrl).hostname.replace(/^\[|\]$/g, '');
  if (![localAddress, remoteAddress, target].every(loopback) || forwarded !== undefined)
    throw new AndonError(
      'forbidden',
      'The emulator setting of Teams is for this machine alone.',
      'Set appId, appPassword and tenantId for real use.',
    );
}
