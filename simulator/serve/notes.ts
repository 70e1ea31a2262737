import { createReadStream } from 'node:fs';
import { appendFile, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { iso } from '../../plant/time.ts';
import type { NoteRow } from '../world.ts';

const header = 'id,time,line,machine,role,text';
type NotesFile = {
  /** Appends whole lines for the notes that are not in the file yet. */
  write(notes: readonly NoteRow[]): Promise<void>;
};

/** RFC 4180: what holds a comma, a quote or a line break stands in quotes. */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const lineOf = ({ id, at, line, machine, role, text }: NoteRow): string =>
  [id, iso(at), line, machine ?? '', role, text].map(cell).join(',');

/** What operators write, as a CSV file that only ever grows; one that is there already goes on. */
export async function openNotes(path: string): Promise<NotesFile> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const written = await idsIn(path);
  if (written === null) await appendFile(path, `${header}\n`, { mode: 0o600 });
  const known = written ?? new Set<string>();
  let seen = 0;
  return {
    async write(notes) {
      const fresh = notes.slice(seen).filter(({ id }) => !known.has(id));
      seen = notes.length;
      if (fresh.length === 0) return;
      for (const { id } of fresh) known.add(id);
      // One write of whole lines: a reader never sees half a note of ours.
      await appendFile(path, fresh.map((note) => `${lineOf(note)}\n`).join(''));
    },
  };
}

/** Ids at the starts of lines; lines inside a quoted text do no harm, as ids hold no spaces. Null: no file. */
async function idsIn(path: string): Promise<Set<string> | null> {
  const found = await stat(path).catch(() => null);
  if (!found || found.size === 0) return null;
  const ids = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const id = line.slice(0, line.indexOf(','));
    if (id !== '' && !/[\s"]/.test(id)) ids.add(id);
  }
  return ids;
}
