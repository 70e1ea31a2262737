import type { IncomingMessage, ServerResponse } from 'node:http';
import { AndonError } from '../../plant/errors.ts';
import type { Message } from '../../plant/message.ts';
import type { MessagePlace, OpenSurface, SurfaceContext } from '../../plant/surface.ts';
import { placesOf } from '../words/people.ts';
import { openConversations } from './conversations.ts';
import { activity as activitySchema, tenantOf, type Activity } from './inbound.ts';
import { listen } from './listen.ts';
import type { Options } from './options.ts';
import { openTransport, type App, type Connector } from './transport.ts';
import { outgoingOf, type Teams } from './turn.ts';

/** Opens Teams. `connector`: other addresses of the Bot Connector than Microsoft's public ones. */
export async function openTeams(
  options: Options,
  context: SurfaceContext,
  connector?: Connector,
): Promise<OpenSurface> {
  const transport = await openTransport({ app: appOf(options), connector, clock: context.clock });
  const teams: Teams = { context, transport, conversations: openConversations(context), working: new Set() };
  context.route({
    method: 'POST',
    path: '/api/messages',
    own: true,
    open: true,
    handle: (request, response, { bytes }) => take(teams, options, { request, response, bytes }),
  });
  return {
    id: 'teams',
    placesFor: (line) => placesOf(options.conversations, line),
    tell: (message, place, at) => tell(teams, message, place, at),
    // The Bot Connector has no way to look at what was said: after a death between saying and keeping, at most one repeat.
    find: async () => null,
    close: async () => void (await Promise.allSettled(teams.working)),
  };
}

/** null: the emulator alone, which needs no app. */
function appOf({ appId, appPassword, tenantId, emulator }: Options): App | null {
  if (appId && appPassword && tenantId) return { id: appId, password: appPassword, tenant: tenantId };
  if (emulator) return null;
  throw new AndonError(
    'bad_config',
    'Teams has no appId, so anybody could speak in its name.',
    'Set appId, appPassword and tenantId under surfaces.teams.',
  );
}

async function take(
  teams: Teams,
  { tenantId, emulator }: Options,
  { request, response, bytes }: { request: IncomingMessage; response: ServerResponse; bytes: Buffer },
): Promise<void> {
  const activity = read(bytes.toString('utf8'));
  if (emulator) checkLoopback(request, activity);
  const tenant = tenantOf(activity);
  const reply = await teams.transport.receive(
    request.headers.authorization ?? '',
    activity,
    async (reference) =>
      tenantId && tenant !== null && tenant !== tenantId
        ? { status: 403, body: {} }
        : listen(teams, { activity, reference }),
  );
  answer(response, reply?.status ?? 200, reply?.body);
}

async function tell(
  { context, transport, conversations }: Teams,
  message: Message,
  place: string,
  at: MessagePlace | null,
): Promise<MessagePlace> {
  const reference = await conversations.of(place);
  const outgoing = outgoingOf(context, message);
  if (at && (await transport.change(reference, at.id, outgoing))) return { ...at, surface: 'teams', place };
  return { surface: 'teams', place, id: await transport.say(reference, outgoing) };
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
