import { plantRecord } from '../../record.ts';
import type { PlantRecord, RecordKind, RecordOf } from '../../record.ts';

/** Half past nine on a working day in Berlin (08:30 UTC). */
export const startOfDrawing = Date.parse('2026-11-17T08:30:00Z');
export const at = (seconds: number): string => new Date(startOfDrawing + seconds * 1000).toISOString();

const letters: Record<string, Partial<RecordOf<'state'>>> = {
  E: { state: 'Execute', raw: 'Execute' },
  H: { state: 'Held', raw: 'Held' },
  A: { state: 'Aborted', raw: 'Aborted' },
  S: { state: 'Suspended', raw: 'Suspended', waiting: 'starved' },
  B: { state: 'Suspended', raw: 'Suspended', waiting: 'blocked' },
  W: { state: 'Suspended', raw: 'Suspended' },
  I: { state: 'Idle', raw: 'Idle' },
  C: { state: 'Complete', raw: 'Complete' },
  U: { state: 'Stopped', raw: 'Stopped', mode: 'Setup' },
  L: { state: 'Stopped', raw: 'Stopped', mode: 'Clean' },
  T: { state: 'Stopped', raw: 'Stopped' },
  R: { state: 'Execute', raw: 'Running', plain: true },
  X: { state: 'Stopped', raw: 'Stopped', plain: true },
  Q: { state: 'Unknown', raw: 'Zustand 17' },
};

/** A record with the fields that do not matter filled in. `s`: seconds after the start of the drawing. */
export function recordOf<K extends RecordKind>(
  kind: K,
  s: number,
  equipment: string | null,
  fields: Partial<RecordOf<K>> & Record<string, unknown>,
): RecordOf<K> {
  const source = { note: 'notes', state: 'machines', alarm: 'machines', gap: 'machines' } as Record<
    string,
    string
  >;
  const key =
    kind === 'alarm'
      ? `${equipment}/${String(fields.alarm)}@${at(s)}/${fields.active === false ? 'off' : 'on'}`
      : `${kind}:${equipment ?? '*'}@${at(s)}`;
  return plantRecord.parse({
    kind,
    source: source[kind] ?? 'erp',
    key,
    equipment,
    at: at(s),
    observedAt: at(s + 1),
    ...fields,
  }) as RecordOf<K>;
}

/**
 * States drawn as one letter per `stepS` seconds and one row per machine, from the start of the drawing on:
 * E execute, H held, A aborted, S starved, B blocked, W suspended, I idle, U setup, L cleaning, T stopped,
 * R and X the vendor's Running and Stopped, Q an unknown word, `.` nothing is told.
 * `skewS` moves all times of a machine.
 */
export function draw(
  line: string,
  rows: string,
  { stepS = 10, skewS = {} }: { stepS?: number; skewS?: Record<string, number> } = {},
): PlantRecord[] {
  const records: PlantRecord[] = [];
  for (const row of rows.trim().split('\n')) {
    const [name = '', states = ''] = row.trim().split(/\s+/);
    let before = '';
    [...states].forEach((letter, index) => {
      if (letter === before || letter === '.') return;
      before = letter;
      const s = index * stepS + (skewS[name] ?? 0);
      records.push(
        recordOf('state', s, `${line}.${name}`, {
          key: `${line}.${name}@${at(s)}`,
          ...(letters[letter] as Partial<RecordOf<'state'>>),
        }),
      );
    });
  }
  return records;
}

/** An alarm that comes at `s` and, given `off`, goes then. */
export function alarm(s: number, equipment: string, id: string, text: string, off?: number): PlantRecord[] {
  const on = recordOf('alarm', s, equipment, { alarm: id, text, active: true });
  return off === undefined
    ? [on]
    : [on, recordOf('alarm', off, equipment, { alarm: id, text, active: false })];
}
