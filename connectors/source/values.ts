/** Values as ERP and MES systems write them in JSON: the same field comes in several forms, by version, server and release. */
import { localMillis } from './local-time.ts';

/** A quantity or count: numbers come as numbers or as text, by version, server and field. null: not given. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*[+-]?\d/.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

/** SAP flags: `X` or true. */
export const isSet = (value: unknown): boolean => value === true || value === 'X' || value === 'true';

/** A moment: `/Date(ms)/`, `/Date(ms+0000)/`, ISO, or `YYYYMMDDhhmmss` in UTC. null: empty, initial (1900, 0001, 0000) or no time. */
export function millisOf(value: unknown): number | null {
  const text = textOf(value);
  const v2 = /^\/Date\((-?\d+)(?:[+-]\d+)?\)\/$/.exec(text);
  const stamp = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  const iso = stamp
    ? `${stamp[1]}-${stamp[2]}-${stamp[3]}T${stamp[4]}:${stamp[5]}:${stamp[6]}Z`
    : /T.*\d$/.test(text) && !/[+-]\d\d:?\d\d$/.test(text)
      ? `${text}Z`
      : text;
  const at = v2 ? Number(v2[1]) : Date.parse(iso);
  return Number.isFinite(at) && at > Date.UTC(1901, 0) ? at : null;
}

/** A date and a time of day of the plant's zone, in the forms of v2 and v4. null: no date. */
export function localPair(date: unknown, time: unknown, zone: string): number | null {
  const day = dayOf(date);
  return day === null ? null : localMillis(day, clockOf(time), zone);
}
function dayOf(value: unknown): string | null {
  const text = textOf(value);
  const plain = /^(\d{4}-\d\d-\d\d)(?:$|T)/.exec(text)?.[1];
  const at = millisOf(plain ? `${plain}T00:00:00Z` : text);
  return at === null ? null : new Date(at).toISOString().slice(0, 10);
}
function clockOf(value: unknown): string {
  const text = textOf(value);
  const duration = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/.exec(text);
  if (!duration) return /^\d\d:\d\d/.test(text) ? text : '00:00:00';
  return [duration[1], duration[2], duration[3]].map((part) => (part ?? '0').padStart(2, '0')).join(':');
}
