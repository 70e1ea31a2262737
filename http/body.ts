/** Bodies are read under one cap, whoever reads them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AndonError } from '../plant/errors.ts';

/** Bytes. A question, a press or a chat event is a few kB; Slack's largest event stays under 100 kB. */
const bodyCap = 1024 * 1024;

/** The parsed JSON of a POST. Throws `bad_input` or `too_large`. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new AndonError('bad_input', 'The body must be JSON.', 'Send "content-type: application/json".');
  const chunks: Buffer[] = [];
  let size = 0;
  // The stream stays open behind an error, so that the refusal is still heard.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > bodyCap) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    throw new AndonError('bad_input', 'The body is not valid JSON.', 'Check quotes and commas.', {
      cause: error,
    });
  }
}

const tooLarge = () =>
  new AndonError('too_large', `The body is larger than ${bodyCap / 1024 / 1024} MB.`, 'Send less.');

/**
 * Handlers that read the raw stream get no more than twice the cap either; at the cap itself they answer in the
 * words of their own protocol. Throws `too_large` where the sender says the size.
 */
export function capStream(request: IncomingMessage, response: ServerResponse): void {
  if (Number(request.headers['content-length'] ?? 0) > bodyCap) throw tooLarge();
  let size = 0;
  const count = (chunk: Buffer) => {
    size += chunk.length;
    if (size > 2 * bodyCap && !response.headersSent) request.destroy(tooLarge());
  };
  const on = request.on.bind(request);
  // Listening to `data` starts the flow, so counting waits until the handler itself begins to read.
  request.on = ((event: string, listener: (...values: unknown[]) => void) => {
    if (event === 'data') on('data', count);
    return on(event, listener);
  }) as typeof request.on;
}

/** How long a refused sender may go on sending, milliseconds. */
const lingerMs = 10_000;

/**
 * Reads the rest of a refused body and throws it away: a connection closed under a sender who is still writing
 * is reset, and the answer with it (RFC 9112, 9.6).
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), lingerMs);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
