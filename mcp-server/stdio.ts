import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { sentenceOf } from '../plant/errors.ts';

const incoming = z.looseObject({
  jsonrpc: z.string().optional(),
  id: z.union([z.string(), z.number()]).optional(),
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

/** Headers the newer protocol asks for beside the body; older servers ignore them. */
function headersOf(
  message: Incoming,
  session: { id: string | null; version: string | null },
  token: string | null,
) {
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
  const session: { id: string | null; version: string | null } = { id: null, version: null };
  const running = new Map<Incoming['id'], AbortController>();
  const pending = new Set<Promise<void>>();
  const write = (message: string): void => void output.write(`${message.replaceAll('\n', '')}\n`);
  const fail = (id: Incoming['id'], code: number, words: string): void => {
    log(words);
    if (id !== undefined) write(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message: words } }));
  };

  function deliver(answer: string, asked: Incoming): void {
    if (answer.trim() === '') return;
    if (asked.method === 'initialize') {
      const version = incoming.safeParse(JSON.parse(answer)).data?.result?.protocolVersion;
      session.version = text(version) ?? session.version;
    }
    write(answer);
  }

  /** The protocol's own errors are handed on; others are no message, and whoever asked would wait for ever. */
  function refused(status: number, body: string, asked: Incoming): void {
    const told = jsonOf(body);
    if (incoming.safeParse(told).data?.jsonrpc !== undefined) return deliver(body, asked);
    const { error } = refusal.safeParse(told).data ?? {};
    const why = error ? `: ${error.message} ${error.next}` : '.';
    const words = `Andon answered ${status} to ${asked.method ?? 'a message'}${why}`;
    fail(
      asked.id,
      -32000,
      status === 401
        ? `Andon at ${url} needs the ANDON_TOKEN it was started with: set the same here.`
        : words,
    );
  }

  async function send(line: string, message: Incoming): Promise<void> {
    const stop = new AbortController();
    if (message.id !== undefined) running.set(message.id, stop);
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: headersOf(message, session, token),
        body: line,
        signal: stop.signal,
      });
      session.id = response.headers.get('mcp-session-id') ?? session.id;
      const type = response.headers.get('content-type') ?? '';
      if (!response.ok) refused(response.status, await response.text(), message);
      else if (type.includes('text/event-stream') && response.body)
        for await (const event of eventsOf(response.body)) deliver(event, message);
      else if (type.includes('application/json')) deliver(await response.text(), message);
    } catch (error) {
      if (!stop.signal.aborted)
        fail(message.id, -32000, `Andon at ${url} does not answer (${sentenceOf(error)}). Is it running?`);
    } finally {
      running.delete(message.id);
    }
  }

  let opening: Promise<void> = Promise.resolve();
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const { data: parsed } = incoming.safeParse(jsonOf(line));
    if (!parsed) {
      write(
        JSON.stringify({
          jsonrpc: '2.0',
          id: null,
          error: { code: -32700, message: 'This line is not a JSON-RPC message.' },
        }),
      );
      continue;
    }
    if (parsed.method === 'notifications/cancelled')
      running
        .get(z.union([z.string(), z.number()]).optional().catch(undefined).parse(parsed.params?.requestId))
        ?.abort();
    // What comes after `initialize` needs the version it agreed on.
    await opening;
    const work = send(line, parsed);
    if (parsed.method === 'initialize') opening = work;
    pending.add(work);
    void work.finally(() => pending.delete(work));
  }
  await Promise.all(pending);
}
