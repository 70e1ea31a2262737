/** What every step of reading Plex needs, and how rows are asked for. Nothing of Plex is paged: every call is windowed. */
import type { z } from 'zod';
import { AndonError } from '../../plant/errors.ts';
import type { SourceContext } from '../../plant/source.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { Http } from '../http.ts';
import { openClosedParts, type ClosedParts } from '../source/closed-parts.ts';
import { openLookup, type EquipmentLookup } from '../source/equipment.ts';
import type { PlexOptions } from './options.ts';
import type { Mapping, Workcenter } from './records.ts';
import * as rows from './rows.ts';

export const api = {
  workcenters: 'production/v1/production-definitions/workcenters',
  statuses: 'production/v1/production-definitions/workcenter-statuses',
  control: (id: string) => `production/v1/control/workcenters/${encodeURIComponent(id)}`,
  entries: 'production/v1/production-history/workcenter-status-entries',
  scrap: 'production/v1/production-history/scrap-entries',
  jobs: 'scheduling/v1/jobs',
  jobOperations: (id: string) => `scheduling/v1/jobs/${encodeURIComponent(id)}/operations`,
  lots: 'inventory/v1/inventory-tracking/lots',
  containers: 'inventory/v1/inventory-tracking/containers',
};

/** What Plex has of the work centers that the YAML names; `missing`: the codes it does not know. */
type Known = Pick<Mapping, 'workcenters' | 'statuses'> & { missing: string[] };

export type Reader = {
  readonly http: Http;
  readonly chosen: PlexOptions;
  readonly context: SourceContext;
  readonly lookup: EquipmentLookup;
  /** An API may not be subscribed: then the rest goes on and health says so. */
  readonly parts: ClosedParts;
  /** Null until Plex was asked once. */
  known: Known | null;
};

export function openReader(http: Http, chosen: PlexOptions, context: SourceContext): Reader {
  return {
    http,
    chosen,
    context,
    lookup: openLookup(context.plant, { ...chosen.workcenters, ...chosen.locations }),
    parts: openClosedParts(context.clock, (error, part) =>
      isClosed(error) ? `Plex's ${part} are closed to us.` : null,
    ),
    known: null,
  };
}

/** Plex answers 401 or 404 also where an API is not subscribed: what came before proves the key, so only this part is closed. */
const isClosed = ({ code, details }: AndonError): boolean =>
  code === 'unauthorised' || details['status'] === 404 || Array.isArray(details['missing']);

/** What is missing although Plex answered; null: nothing. */
export function problemOf({ parts, known }: Reader): string | null {
  const sentences = parts.problems();
  if (known && known.missing.length > 0)
    sentences.unshift(`Plex does not know the work centers ${known.missing.join(', ')}.`);
  return sentences.join(' ') || null;
}

export async function listOf<T extends z.ZodType>(
  { http }: Reader,
  path: string,
  row: T,
  what: string,
  signal: AbortSignal,
): Promise<z.infer<T>[]> {
  return rows.listOf(row, (await http.getJson(path, { signal })).json, what);
}

/** One call to Plex without a window gave 44 MB. */
const windowMs = 3 * 86_400_000;

/** What happened at a work center, window after window. Plex ignores parameters it does not know, so rows of others are left out here again. */
export async function historyOf<T extends z.ZodType<{ workcenterId: string }>>(
  reader: Reader,
  ask: { path: string; row: T; what: string; center: Workcenter; from: Millis; to: Millis },
  signal: AbortSignal,
): Promise<z.infer<T>[]> {
  const { path, row, what, center, from, to } = ask;
  const found: z.infer<T>[] = [];
  for (let begin = from; begin < to; begin += windowMs) {
    const query = new URLSearchParams({
      workcenterId: center.id,
      beginDate: iso(begin),
      endDate: iso(Math.min(to, begin + windowMs)),
    });
    const all = await listOf(reader, `${path}?${query}`, row, what, signal);
    found.push(...all.filter(({ workcenterId }) => workcenterId === center.id));
  }
  return found;
}

/** Work centers and statuses, asked for once. Throws `bad_upstream` where Plex knows none of ours. */
export async function knownOf(reader: Reader, signal: AbortSignal): Promise<Known> {
  if (reader.known) return reader.known;
  const { workcenters } = reader.chosen;
  const centers = await listOf(reader, api.workcenters, rows.workcenterRow, 'work centers', signal);
  const statuses = await listOf(reader, api.statuses, rows.statusRow, 'work center statuses', signal);
  const found = centers.flatMap(({ workcenterId: id, workcenterCode: code }): Workcenter[] => {
    const line = workcenters[code];
    return line === undefined ? [] : [{ id, code, line }];
  });
  const missing = Object.keys(workcenters).filter((code) => !found.some((one) => one.code === code));
  if (found.length === 0)
    throw new AndonError(
      'bad_upstream',
      `Plex knows none of the work centers ${missing.join(', ')}.`,
      'Check workcenters of this source; codes are written as Plex writes them.',
    );
  reader.known = {
    workcenters: new Map(found.map((one) => [one.id, one])),
    statuses: new Map(statuses.map((status) => [status.description, status])),
    missing,
  };
  return reader.known;
}

/** What rows are turned into records by, as of now. */
export async function mappingNow(reader: Reader, signal: AbortSignal): Promise<Mapping> {
  const { chosen, context, lookup } = reader;
  const { workcenters, statuses } = await knownOf(reader, signal);
  const held = chosen.heldStatuses.map((word) => word.toLowerCase());
  return {
    source: context.id,
    workcenters,
    statuses,
    lookup,
    isHeld: (status) => held.some((word) => status.toLowerCase().startsWith(word)),
    observedAt: context.clock(),
  };
}
