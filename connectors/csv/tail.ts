/** Reads what was added to a text file, row by row, whatever happens to the file in between. */
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { AndonError } from '../../plant/errors.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';
/** How far the file is read, in bytes, and how its beginning looked then. */
type TailPosition = { offset: number; head: string; headBytes: number };
export type Piece = {
  /** Whole rows, the header not among them. */
  text: string;
  header: string;
  position: TailPosition;
  /** The file is another one than at the last look: read from its start. */
  anew: boolean;
  /** There is more to read at once. */
  more: boolean;
};

/** Read at once: some 40,000 notes. */
const pieceBytes = 4 * 1024 * 1024;
/** What the header and the encoding are told by. */
const startBytes = 64 * 1024;
/** What tells another file of the same name: a header and the first rows. */
const headBytes = 1024;
/** A row longer than this is no row: a quote was opened and never closed. */
const longestRow = 1024 * 1024;

/** The next piece of whole rows after `since`; null where nothing was added. `offset` 0 is before the header. */
export async function readPiece(
  path: string,
  since: TailPosition | null,
  encoding: Encoding | 'auto',
  delimiter: string,
): Promise<Piece | null> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const start = await bytesOf(file, 0, Math.min(size, startBytes));
    const used = encoding === 'auto' ? guess(start) : encoding;
    const same =
      since !== null && size >= since.offset && print(start.subarray(0, since.headBytes)) === since.head;
    const unit = used === 'utf-16le' ? 2 : 1;
    const bom = bomOf(start);
    const headerEnd = endOfRows(start.subarray(bom), unit, delimiter, 1);
    // No whole header yet: the file is being written.
    if (headerEnd === 0) return null;
    const offset = same && since.offset > 0 ? since.offset : bom + headerEnd;
    const bytes = await bytesOf(file, offset, Math.min(pieceBytes, size - offset));
    const end = wholeRows(bytes, unit, delimiter);
    if (end === 0 && same) return null;
    const length = Math.min(headBytes, size);
    return {
      text: decode(bytes.subarray(0, end), used),
      header: decode(start.subarray(bom, bom + headerEnd), used),
      position: { offset: offset + end, head: print(start.subarray(0, length)), headBytes: length },
      anew: since !== null && !same,
      more: offset + end < size && bytes.length === pieceBytes,
    };
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM')
      throw new AndonError(
        'unauthorised',
        `The file ${path} may not be read.`,
        'Give Andon the right to read it.',
        {
          cause,
        },
      );
    throw new AndonError(
      'unreachable',
      `There is no file ${path}.`,
      'Check the path and whether its folder is mounted.',
      {
        cause,
      },
    );
  }
}

async function bytesOf(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, length));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
  return buffer.subarray(0, bytesRead);
}

const print = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32);

/** Bytes of a byte order mark. */
function bomOf(bytes: Buffer): number {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 3;
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 2 : 0;
}

/** A mark decides; else text that is no UTF-8 is what Windows programs write. */
function guess(start: Buffer): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  try {
    // The last character may be cut off by the length of the piece.
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** A piece that is no UTF-8 although the beginning was is read as Windows text: no character is lost. */
function decode(bytes: Buffer, encoding: Encoding): string {
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Bytes up to the end of the last whole row; a row without end gives way to plain line ends. */
function wholeRows(bytes: Buffer, unit: number, delimiter: string): number {
  const end = endOfRows(bytes, unit, delimiter, Infinity);
  if (bytes.length - end <= longestRow) return end;
  const newline = unit === 2 ? Buffer.from('\n', 'utf16le') : Buffer.from('\n');
  const last = bytes.lastIndexOf(newline);
  return last < 0 ? bytes.length : last + unit;
}

/** Where the row number `rows` ends (or the last whole one); line ends inside quoted cells are none. */
function endOfRows(bytes: Buffer, unit: number, delimiter: string, rows: number): number {
  const [quote, newline, separator] = [0x22, 0x0a, delimiter.charCodeAt(0)];
  let end = 0;
  let found = 0;
  let quoted = false;
  let cellStart = true;
  for (let at = 0; at + unit <= bytes.length; at += unit) {
    const code = unit === 2 ? bytes.readUInt16LE(at) : (bytes[at] ?? 0);
    if (quoted) {
      if (code === quote) quoted = false;
      continue;
    }
    // A quote inside a cell that did not begin with one is a character; a doubled one opens the quoting again.
    if (code === quote && (cellStart || before(bytes, at, unit) === quote)) quoted = true;
    if (code === newline) {
      end = at + unit;
      found += 1;
      if (found >= rows) return end;
    }
    cellStart = code === separator || code === newline;
  }
  return end;
}
const before = (bytes: Buffer, at: number, unit: number): number =>
  at < unit ? 0 : unit === 2 ? bytes.readUInt16LE(at - 2) : (bytes[at - 1] ?? 0);
