import type { RecordKind, RecordOf } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Trip } from './defects.ts';

/** A time for which somebody sees nothing of the machines, or sees the same all the time. `equipment: null`: all of them. */
export type Outage = {
  equipment: string | null;
  /** `lost`: nothing arrives; `bad`: values without quality; `frozen`: the last values stay. */
  how: 'lost' | 'bad' | 'frozen';
  from: Millis;
  until: Millis;
  /** While it lasts the gateway itself says Offline for every machine. */
  offline?: boolean;
};
/** A line in somebody's book: quality, lots, planned activities, changes of systems. `seen`: when it can be read. */
export type LedgerEntry = {
  book: 'mes' | 'erp';
  key: string;
  version: string;
  equipment: string | null;
  at: Millis;
  seen: Millis;
  fact: LedgerFact;
};
type Bare<K extends RecordKind> = Omit<RecordOf<K>, keyof RecordOf<'note'> & keyof RecordOf<'gap'>> & {
  kind: K;
};
export type LedgerFact =
  | Bare<'quality'>
  | Bare<'lot'>
  | Bare<'inspection'>
  | Bare<'calendar'>
  | Bare<'system'>;

/** What happened, for those who write things down: the maintenance book of the ERP, operators' notes. Never served. */
export type DiaryEntry =
  | { what: 'called' | 'arrived' | 'repaired'; line: string; machine: string; at: Millis; text?: string }
  | { what: 'cleared'; line: string; machine: string; trip: Trip; from: Millis; at: Millis }
  | { what: 'delivered'; line: string; material: string; quantity: number; at: Millis }
  | { what: 'shipped'; line: string; quantity: number; at: Millis }
  | { what: 'setup_begun' | 'setup_done'; line: string; at: Millis };
