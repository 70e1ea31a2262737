import { z } from 'zod';

/** Milliseconds since 1970-01-01T00:00:00Z. All arithmetic is done on these. */
export type Millis = number;

/** The clock is an argument everywhere; nothing in `plant/` reads the time of day. */
export type Clock = () => Millis;

/** A span of time; `to: null` means that it still goes on. */
export type Span = { from: Millis; to: Millis | null };

/** ISO 8601 with an offset or `Z`, as records carry it. */
export const isoTime = z
  .string()
  .refine((text) => /[zZ]|[+-]\d\d:?\d\d$/.test(text) && Number.isFinite(Date.parse(text)), {
    message: 'expected an ISO 8601 time with Z or an offset, for example 2026-11-20T14:05:00Z',
  });
export type IsoTime = string;

export const millis = (iso: IsoTime): Millis => Date.parse(iso);
export const iso = (at: Millis): IsoTime => new Date(at).toISOString();
