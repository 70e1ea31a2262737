import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { sentenceOf } from '../plant/errors.ts';

const id = z.union([z.string(), z.number()]);
const incoming = z.looseObject({
  jsonrpc: z.string().optional(),
  id: id.optional(),
  method: z.string().optional(),
  params: z.looseObject({}).optional(),
  result: z.looseObject({}).optional(),
});
type Incoming = z.infer<typeof incoming>;

/** How the HTTP server refuses, before MCP has a word. */
const refusal = z.object({ error: z.object({ message: z.string(), next: z.string() }) });

const versionKey = 'io.modelcontextprotocol/protocolVersion';
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** One program on standard input and output, and the Andon it is carried to. */
type Bridge = {
  url: string;
  token: string | null;
  output: Writable;
  log: (sentence: string) => void;
  /** What `initialize` agreed on. */
  session: { id: string | null; version: string | null };
  /** Questions under way, by their id. */
  running: Map<Incoming['id'], AbortController>;
};

/**
 * Carries MCP between standard input and output (one JSON message a line) and a running Andon's `/mcp`.
 * Nothing but the protocol goes to `output`; trouble goes to `log`. Ends when `input` ends and all answers are written.
 */
export async function serveStdio(options: {
  url: string;
  token: string | null;
  input?: Readable;
  output?: Writable;
  log?: (sentence: string) => void;
}): Promise<void> {
  const { url, token, input = process.stdin, output = process.stdout } = options;
  const log = options.log ?? ((sentence: string) => void process.stderr.write(`${sentence}\n`));
  const bridge: Bridge = {
    url,
    token,
    output,
    log,
    session: { id: null, version: null },
    running: new Map(),
  };
  const pending = new Set<Promise<void>>();
  let opening: Promise<void> = Promise.resolve();
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const { data: message } = incoming.safeParse(jsonOf(line));
    if (!message) {
      writeError(bridge, null, -32700, 'This line is not a JSON-RPC message.');
      continue;
    }
    if (message.method === 'notifications/cancelled') cancel(bridge, message);
    // What comes after `initialize` needs the version it agreed on.
    await opening;
    const work = send(bridge, line, message);
    if (message.method === 'initialize') opening = work;
    pending.add(work);
    void work.finally(() => pending.delete(work));
  }
  await Promise.all(pending);
}

function cancel({ running }: Bridge, { params }: Incoming): void {
  running.get(id.optional().catch(undefined).parse(params?.requestId))?.abort();
}

/** Asks the HTTP server and writes what it answers. */
async function send(bridge: Bridge, line: string, message: Incoming): Promise<void> {
  const { url, session, running } = bridge;
  const stop = new AbortController();
  if (message.id !== undefined) running.set(message.id, stop);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: headersOf(bridge, message),
      body: line,
      signal: stop.signal,
    });
    session.id = response.headers.get('mcp-session-id') ?? session.id;
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok) refused(bridge, response.status, await response.text(), message);
    else if (type.includes('text/event-stream') && response.body)
      for await (const event of eventsOf(response.body)) deliver(bridge, event, message);
    else if (type.includes('application/json')) deliver(bridge, await response.text(), message);
  } catch (error) {
    if (!stop.signal.aborted)
      fail(bridge, message.id, `Andon at ${url} does not answer (${sentenceOf(error)}). Is it running?`);
  } finally {
    running.delete(message.id);
  }
}

/** Headers the newer protocol asks for beside the body; older servers ignore them. */
function headersOf({ session, token }: Bridge, message: Incoming): Record<string, string> {
  const meta = z.looseObject({}).safeParse(message.params?._meta);
  const version = text(meta.data?.[versionKey]) ?? session.version;
  const name = text(message.params?.name) ?? text(message.params?.uri);
  return {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(version && message.method !== 'initialize' ? { 'mcp-protocol-version': version } : {}),
    ...(session.id ? { 'mcp-session-id': session.id } : {}),
    ...(message.method ? { 'mcp-method': message.method } : {}),
    // Names outside ASCII cannot stand in a header as they are (RFC 9110).
    ...(name && /^[\x21-\x7e]+$/.test(name) ? { 'mcp-name': name } : {}),
  };
}

function deliver(bridge: Bridge, answer: string, asked: Incoming): void {
  const { session } = bridge;
  if (answer.trim() === '') return;
  if (asked.method === 'initialize') {
    const version = incoming.safeParse(JSON.parse(answer)).data?.result?.protocolVersion;
    session.version = text(version) ?? session.version;
  }
  write(bridge, answer);
}

/** The protocol's own errors are handed on; others are no message, and whoever asked would wait for ever. */
function refused(bridge: Bridge, status: number, body: string, asked: Incoming): void {
  const told = jsonOf(body);
  if (incoming.safeParse(told).data?.jsonrpc !== undefined) return deliver(bridge, body, asked);
  const { error } = refusal.safeParse(told).data ?? {};
  const why = error ? `: ${error.message} ${error.next}` : '.';
  fail(
    bridge,
    asked.id,
    status === 401
      ? `Andon at ${bridge.url} needs the ANDON_TOKEN it was started with: set the same here.`
      : `Andon answered ${status} to ${asked.method ?? 'a message'}${why}`,
  );
}

/** -32000: the first code JSON-RPC leaves to servers. */
function fail(bridge: Bridge, id: Incoming['id'], words: string): void {
  bridge.log(words);
  if (id !== undefined) writeError(bridge, id, -32_000, words);
}

const write = ({ output }: Bridge, message: string): void =>
  void output.write(`${message.replaceAll('\n', '')}\n`);

const writeError = (bridge: Bridge, id: string | number | null, code: number, message: string): void =>
  write(bridge, JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }));

/** The data of each server-sent event, as it comes. */
async function* eventsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true }).replaceAll('\r\n', '\n');
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const data = rest
        .slice(0, end)
        .split('\n')
        .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trimStart()] : []));
      rest = rest.slice(end + 2);
      if (data.length > 0) yield data.join('\n');
    }
  }
}
