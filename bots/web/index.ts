/** The web page: chat, a strip per line, alerts, and the record behind every piece of evidence. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { AndonError } from '../../plant/errors.ts';
import { stableAnswer } from '../../plant/message.ts';
import { verb } from '../../plant/person.ts';
import type { Caller, Route, Surface, SurfaceContext } from '../../plant/surface.ts';
import { drawTimeline } from '../pictures/timeline.ts';
import { openBroadcast, type Broadcast } from './broadcast.ts';
import { shownCauseRecord } from './cause-record.ts';
import { shownAlert, shownAnswer } from './shown.ts';

const options = z.strictObject({});
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const folder = join(import.meta.dirname, 'page');

const question = z.object({
  question: z.string().trim().min(1, 'ask something').max(2_000, 'a question has at most 2,000 characters'),
  thread: z.string().max(100).nullish(),
  /** The whole answer as the page shows it, not only the stable fields. */
  whole: z.boolean().default(false),
});
const press = z.object({
  verb,
  subject: z.string().max(200),
  inputs: z.record(z.string(), z.string().max(2_000)).optional(),
});

export default {
  options,
  async open(_, context) {
    const broadcast = openBroadcast();
    const stopListening = context.onChange(() => broadcast.send('change'));
    for (const route of [...pageRoutes(), ...apiRoutes(context, broadcast)]) context.route(route);
    return {
      id: 'web',
      // Pages read the alerts from the database and hear by `onChange` that one changed: nothing is told to them.
      placesFor: () => [],
      tell: async (message, place) => ({ surface: 'web', place, id: message.key }),
      find: async () => null,
      close: async () => {
        stopListening();
        broadcast.close();
      },
    };
  },
} satisfies Surface<typeof options>;

/** The page itself is open: it asks for the sign-in. */
const pageRoutes = (): Route[] =>
  [['/', 'index.html'] as const, ...files.map((name) => [`/page/${name}`, name] as const)].map(
    ([path, file]) => ({
      method: 'GET',
      path,
      open: true,
      handle: (_request, response) => sendFile(response, file),
    }),
  );

const apiRoutes = (context: SurfaceContext, broadcast: Broadcast): Route[] => [
  {
    method: 'GET',
    path: '/api/events',
    handle: (_request, response) => broadcast.add(response),
  },
  {
    method: 'GET',
    path: '/api/floor',
    handle: async (_request, response) => sendJson(response, await floor(context)),
  },
  {
    method: 'GET',
    path: '/api/record',
    handle: (request, response) => record(context, request, response),
  },
  {
    method: 'GET',
    path: '/api/cause-record',
    handle: async (request, response) =>
      sendJson(response, await shownCauseRecord(context, parameter(request, 'stop') ?? '')),
  },
  {
    method: 'GET',
    path: '/api/timeline.png',
    handle: (request, response) => timeline(context, request, response),
  },
  {
    method: 'POST',
    path: '/api/ask',
    handle: (request, response, caller) => ask(context, request, response, caller),
  },
  {
    method: 'POST',
    path: '/api/press',
    changes: true,
    handle: async (_request, response, caller) => sendJson(response, await pressed(context, caller)),
  },
];

const files = [
  'andon.css',
  'andon.js',
  'element.js',
  'answer.js',
  'form.js',
  'why.js',
  'cause-record.js',
  'floor.js',
  'server.js',
] as const;

async function sendFile(response: ServerResponse, name: string): Promise<void> {
  const content = await readFile(join(folder, name));
  response.writeHead(200, {
    'content-type': `${types[extname(name)]}; charset=utf-8`,
    'cache-control': 'no-cache',
  });
  response.end(content);
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}

type LineStatus = {
  first_line: string;
  lines: { line: string; running: boolean | null; machines: { machine: string }[] }[];
};

/** Everything that the left side of the page shows. */
async function floor(context: SurfaceContext) {
  const { plant } = context;
  const strips = plant.lines.map(async (line) => {
    const { first_line, lines } = (await context.look('line_status', { line: line.id })) as LineStatus;
    const names = new Map(line.machines.map(({ id, name }) => [id, name]));
    const machines =
      lines[0]?.machines.map((one) => ({ ...one, name: names.get(one.machine) ?? one.machine })) ?? [];
    return { line: line.id, name: line.name, says: first_line, running: lines[0]?.running ?? null, machines };
  });
  const [lines, alerts, sources] = await Promise.all([
    Promise.all(strips),
    context.alerts().then((all) => Promise.all(all.map((one) => shownAlert(context, one)))),
    context.look('source_health', {}),
  ]);
  return { plant: { name: plant.name, timezone: plant.timezone }, lines, alerts, sources };
}

function parameter(request: IncomingMessage, name: string): string | null {
  return new URL(request.url ?? '/', 'http://andon').searchParams.get(name);
}

async function record(
  context: SurfaceContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = parameter(request, 'id') ?? '';
  const found = await context.record(id);
  if (found === null)
    throw new AndonError(
      'not_found',
      `The record "${id.slice(0, 120)}" is no longer kept.`,
      'It may be older than the retention.',
    );
  sendJson(response, found);
}

async function timeline(
  context: SurfaceContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const picture = await drawTimeline(
    context,
    parameter(request, 'line') ?? '',
    parameter(request, 'at'),
    parameter(request, 'narrow') !== null,
  );
  if (picture === null)
    throw new AndonError(
      'not_found',
      'There is no stop to draw at that time.',
      'Ask which stops there were.',
    );
  response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'private, max-age=30' });
  response.end(Buffer.from(picture.png, 'base64'));
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AndonError(
    'bad_input',
    `The body does not fit: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`.replace(/\s+/g, ' '),
    'Send {"question": "why did line 3 stop?"}.',
  );
}

async function ask(
  context: SurfaceContext,
  request: IncomingMessage,
  response: ServerResponse,
  caller: Caller,
): Promise<void> {
  const { question: text, thread, whole } = parsed(question, caller.body);
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const answer = await context.ask({
    text,
    thread: thread ?? null,
    person: caller.person,
    surface: 'web',
    signal: gone.signal,
  });
  sendJson(response, whole ? await shownAnswer(context, answer) : stableAnswer(answer));
}

async function pressed(context: SurfaceContext, caller: Caller): Promise<unknown> {
  if (!caller.person)
    throw new AndonError(
      'forbidden',
      'Nobody is chosen on this page.',
      'Choose who you are at the top right.',
    );
  const { verb: what, subject, inputs } = parsed(press, caller.body);
  return context.press({
    verb: what,
    subject,
    person: caller.person,
    surface: 'web',
    place: 'page',
    ...(inputs ? { inputs } : {}),
  });
}
