/** Bodies are read in one place under one cap, whoever uses them. */
import type { IncomingMessage } from 'node:http';
import { AndonError } from '../plant/errors.ts';

/** Bytes. A question, a press or a chat event is a few kB; Slack's largest event stays under 100 kB. */
const bodyCap = 1024 * 1024;

/** What a POST sent; empty for other methods. Throws `too_large`, as soon as the sender says so where it says a size. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (request.method !== 'POST') return Buffer.alloc(0);
  if (Number(request.headers['content-length'] ?? 0) > bodyCap) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // The stream stays open behind an error, so that the refusal is still heard.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > bodyCap) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** The JSON of a POST's body. Throws `bad_input`. */
export function parseJson(request: IncomingMessage, bytes: Buffer): unknown {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new AndonError('bad_input', 'The body must be JSON.', 'Send "content-type: application/json".');
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (error) {
    throw new AndonError('bad_input', 'The body is not valid JSON.', 'Check quotes and commas.', {
      cause: error,
    });
  }
}

const tooLarge = () =>
  new AndonError('too_large', `The body is larger than ${bodyCap / 1024 / 1024} MB.`, 'Send less.');

/** How long a refused sender may go on sending, milliseconds. */
const lingerMs = 10_000;

/**
 * Reads the rest of a refused body and throws it away: a connection closed under a sender who is still writing
 * is reset, and the answer with it (RFC 9112, 9.6). For the same reason a refusal does not say `connection: close`,
 * at which Node.js closes as soon as the answer is written.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), lingerMs);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
