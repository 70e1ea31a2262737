/**
 * Postgres' binary form of a one-dimensional array. `pg` sends a Buffer as it is, and the server reads it
 * without parsing: half the time of a text literal at a million numbers.
 */
function arrayOf(
  elementType: number,
  size: number,
  count: number,
  write: (buffer: Buffer, at: number, index: number) => void,
): Buffer {
  const buffer = Buffer.allocUnsafe(20 + count * (4 + size));
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(0, 4); // no nulls
  buffer.writeInt32BE(elementType, 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16); // lower bound
  for (let index = 0, at = 20; index < count; index++, at += 4 + size) {
    buffer.writeInt32BE(size, at);
    write(buffer, at + 4, index);
  }
  return buffer;
}

/** Type numbers of pg_type; fixed for ever. */
const int4 = 23;
const float8 = 701;
const timestamptz = 1184;
/** Postgres counts from 2000-01-01. */
const epochMs = 946_684_800_000;

export const int4Array = (values: readonly number[]): Buffer =>
  arrayOf(int4, 4, values.length, (buffer, at, index) => buffer.writeInt32BE(values[index] ?? 0, at));

export const float8Array = (values: readonly number[]): Buffer =>
  arrayOf(float8, 8, values.length, (buffer, at, index) => buffer.writeDoubleBE(values[index] ?? 0, at));

/** Milliseconds since 1970 of a timestamptz in its binary form. */
export const timeIn = (bytes: Buffer, at: number): number =>
  epochMs + Math.round((bytes.readInt32BE(at) * 4_294_967_296 + bytes.readUInt32BE(at + 4)) / 1000);

/** From milliseconds since 1970. */
export const timeArray = (values: readonly number[]): Buffer =>
  arrayOf(timestamptz, 8, values.length, (buffer, at, index) => {
    const micros = Math.round(((values[index] ?? 0) - epochMs) * 1000);
    buffer.writeInt32BE(Math.floor(micros / 4_294_967_296), at);
    buffer.writeUInt32BE(((micros % 4_294_967_296) + 4_294_967_296) % 4_294_967_296, at + 4);
  });
