import { AndonError } from '../../plant/errors.ts';

/** The whole body as text, given up as soon as it is larger than `maxBytes` (counted after decompression). */
export async function readBody(response: Response, maxBytes: number, name: string): Promise<string> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(name, maxBytes);
  }
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream, which closes the connection.
    if (bytes > maxBytes) throw tooLarge(name, maxBytes);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

const tooLarge = (name: string, maxBytes: number) =>
  new AndonError(
    'too_large',
    `${name} answered with more than ${Math.round(maxBytes / 1e6)} MB.`,
    'Ask for less: fewer work centers, or a shorter time.',
  );
