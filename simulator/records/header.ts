import { iso, type Millis } from '../../plant/time.ts';

/** How long after a change each kind of source shows it, milliseconds. */
export const delayMs = { machines: 400, polled: 9000 };

type Header = {
  source: string;
  key: string;
  version: string;
  equipment: string | null;
  at: string;
  observedAt: string;
  quality: 'good';
};
/** What every record begins with. `seen`: when its source shows it, never before it happens. */
export const header = (
  source: string,
  key: string,
  version: string,
  equipment: string | null,
  at: Millis,
  seen: Millis,
): Header => ({
  source,
  key,
  version,
  equipment,
  at: iso(at),
  observedAt: iso(Math.max(seen, at)),
  quality: 'good',
});

export const isoOrNull = (at: Millis | null): string | null => (at === null ? null : iso(at));

/** What was last said of each thing, by name; the same again is not worth a record. */
export type Said = Map<string, string>;
export function changed(said: Said, name: string, value: string): boolean {
  if (said.get(name) === value) return false;
  said.set(name, value);
  return true;
}
