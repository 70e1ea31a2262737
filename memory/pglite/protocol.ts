/** The few parts of the PostgreSQL wire protocol (version 3) that the embedded database needs. */

/** Message types by their first byte. */
export const type = {
  query: 0x51,
  parse: 0x50,
  bind: 0x42,
  describe: 0x44,
  close: 0x43,
  sync: 0x53,
  flush: 0x48,
  copyDone: 0x63,
  copyFail: 0x66,
  terminate: 0x58,
  notification: 0x41,
  readyForQuery: 0x5a,
} as const;

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** One message with its type and length in front. */
export function message(kind: number, body: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(5 + body.length);
  out[0] = kind;
  out.writeUInt32BE(body.length + 4, 1);
  out.set(body, 5);
  return out;
}

/** Texts that each end in a zero byte. */
export const cstrings = (...texts: string[]): Uint8Array =>
  utf8.encode(texts.map((one) => `${one}\0`).join(''));

/** The zero-ended text at `from`, and where the next field begins. */
export function readCstring(bytes: Uint8Array, from: number): { value: string; next: number } {
  const end = bytes.indexOf(0, from);
  const stop = end === -1 ? bytes.length : end;
  return { value: text.decode(bytes.subarray(from, stop)), next: stop + 1 };
}

/** Each message of `bytes` as its type and where it lies; whole messages only. */
export function* messagesIn(bytes: Uint8Array): Generator<{ kind: number; from: number; to: number }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let from = 0; from + 5 <= bytes.length;) {
    const to = from + 1 + view.getUint32(from + 1);
    if (to > bytes.length) return;
    yield { kind: bytes[from] ?? 0, from, to };
    from = to;
  }
}

/** ErrorResponse followed by ReadyForQuery. `status`: `I` idle, `T` in a transaction, `E` in a failed one. */
export function failure(code: string, sentence: string, status: 'I' | 'T' | 'E' = 'I'): Buffer {
  const fields = `SERROR\0VERROR\0C${code}\0M${sentence}\0\0`;
  return Buffer.concat([
    message(0x45, utf8.encode(fields)),
    message(type.readyForQuery, utf8.encode(status)),
  ]);
}

/** The answer to a start-up message, given without asking the database. */
export function welcome(version: string): Buffer {
  const settings = {
    server_version: version,
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    standard_conforming_strings: 'on',
    DateStyle: 'ISO, MDY',
    integer_datetimes: 'on',
    TimeZone: 'GMT',
  };
  return Buffer.concat([
    message(0x52, new Uint8Array(4)),
    ...Object.entries(settings).map(([name, value]) => message(0x53, cstrings(name, value))),
    message(0x4b, new Uint8Array(8)),
    message(type.readyForQuery, utf8.encode('I')),
  ]);
}

/** A simple Query message. */
export const query = (sql: string): Buffer => message(type.query, cstrings(sql));

/** A name as SQL takes it whatever stands in it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The fields of a start-up message, as it came: `user`, `options`, `application_name` and the like. */
export function startFields(bytes: Buffer): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (let at = 8; at < bytes.length - 1;) {
    const name = readCstring(bytes, at);
    const value = readCstring(bytes, name.next);
    fields.set(name.value, value.value);
    at = value.next;
  }
  return fields;
}
