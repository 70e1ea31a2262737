/** Rows of a CSV file -> notes or downtime events. Text stays text: it is cut, never read as anything else. */
import { createHash } from 'node:crypto';
import type { PlantRecord } from '../../plant/record.ts';
import { iso } from '../../plant/time.ts';
import { localMillis } from '../source/local-time.ts';
import type { EquipmentLookup } from '../source/equipment.ts';
import { header } from '../source/record-header.ts';
import type { CsvOptions } from './options.ts';

export type Row = Readonly<Record<string, string>>;
type Mapping = {
  source: string;
  columns: CsvOptions['columns'];
  kind: CsvOptions['kind'];
  zone: string;
  timeFormat: string | undefined;
  lookup: EquipmentLookup;
  observedAt: number;
};

/** Longest text that is kept of one cell. */
const longest = 4000;

/** null: the row has no time or no text, and cannot be a record. */
export function recordOf(row: Row, mapping: Mapping): PlantRecord | null {
  const cell = (name: keyof CsvOptions['columns']) => (row[mapping.columns[name]] ?? '').trim();
  const at = timeOf(cell('time'), mapping);
  const text = cut(cell('text'));
  if (at === null || text === '') return null;
  const id = cell('id').slice(0, 200) || hashOf([cell('time'), cell('line'), cell('machine'), text]);
  const equipment = equipmentOf(cell('line'), cell('machine'), mapping.lookup);
  if (mapping.kind === 'note')
    return {
      kind: 'note',
      ...header(mapping, id, '', equipment, at),
      text,
      author: cell('role').slice(0, 80) || null,
    };
  const end = timeOf(cell('end'), mapping);
  const to = end === null ? null : iso(end);
  return {
    kind: 'downtime_event',
    ...header(mapping, id, to ?? 'open', equipment, at),
    status: text.slice(0, 200),
    category: 'downtime',
    from: iso(at),
    to,
    reason: cut(cell('reason')) || null,
    order: cell('order') || null,
    operators: null,
  };
}

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)} ...` : text);
const hashOf = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 24);

/** The machine where it is named and known, else the line. A machine is first looked for at the line of its row. */
function equipmentOf(line: string, machine: string, lookup: EquipmentLookup): string | null {
  const here = lookup(line);
  if (machine === '') return here;
  return (line === '' ? null : lookup(`${line} ${machine}`)) ?? matching(lookup(machine), here) ?? here;
}
/** A machine of another line than the row names is a contradiction: then the line stands. */
const matching = (machine: string | null, line: string | null): string | null =>
  machine === null || line === null || machine.startsWith(`${line}.`) ? machine : null;

const parts = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] as const;

/** ISO 8601 with an offset or, in the zone, without; milliseconds since 1970; or the pattern of the YAML. */
function timeOf(text: string, { zone, timeFormat }: Mapping): number | null {
  if (text === '') return null;
  if (timeFormat !== undefined) return byPattern(text, timeFormat, zone);
  if (/^\d{12,14}$/.test(text)) return Number(text);
  const local = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?$/.exec(text);
  if (local) return localMillis(local[1] ?? '', local[2] ?? '', zone);
  if (!/(?:[zZ]|[+-]\d\d:?\d\d)$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isFinite(at) ? at : null;
}

function byPattern(text: string, pattern: string, zone: string): number | null {
  const names: string[] = [];
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(new RegExp(parts.join('|'), 'g'), (name) => {
      names.push(name);
      return name === 'yyyy' ? '(\\d{4})' : '(\\d{1,2})';
    });
  const match = new RegExp(`^${source}$`).exec(text);
  if (!match) return null;
  const value = (name: string): string => (match[names.indexOf(name) + 1] ?? '').padStart(2, '0');
  const date = `${value('yyyy')}-${value('MM')}-${value('dd')}`;
  const clock = ['HH', 'mm', 'ss'].map((name) => (names.includes(name) ? value(name) : '00')).join(':');
  return localMillis(date, clock, zone);
}
