import { crc32, deflateSync } from 'node:zlib';

/** Parts of a colour are rounded to steps of this size: flat pictures with smoothed edges then need few colours. */
const step = 17;
const round = (part: number): number => Math.round(part / step) * step;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/**
 * A flat picture as PNG with a palette, about a third of the size of one with 32 bits per pixel: Teams takes little.
 * `pixels`: red, green, blue, alpha on a white ground. null: it has more than 256 colours.
 */
export function indexedPng(pixels: Uint8Array, width: number, height: number): Buffer | null {
  const palette = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0, to = 0; at < width * height; at += 1) {
    if (at % width === 0) rows[to++] = 0;
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at * 4, at * 4 + 3);
    const colour = (round(red) << 16) | (round(green) << 8) | round(blue);
    let index = palette.get(colour);
    if (index === undefined) {
      if (palette.size === 256) return null;
      index = palette.size;
      palette.set(colour, index);
    }
    rows[to++] = index;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits for an index; colour type 3 is a palette (PNG, ISO/IEC 15948).
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from([...palette.keys()].flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
