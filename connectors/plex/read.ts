/** Reads what changed in Plex since a position and moves the position on. Nothing of Plex is paged: every call is windowed. */
import { z } from 'zod';
import { AndonError } from '../../plant/errors.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Checkpoint, SourceContext } from '../../plant/source.ts';
import type { Http } from '../http.ts';
import { openClosedParts } from '../source/closed-parts.ts';
import { openLookup } from '../source/equipment.ts';
import type { PlexOptions } from './options.ts';
import {
  crewRecord,
  entryRecord,
  jobRecord,
  jobStatusOf,
  jobVersion,
  lotRecords,
  scrapRecord,
  type Mapping,
  type Workcenter,
} from './records.ts';
import * as rows from './rows.ts';

const position = z.object({
  /** Status and scrap entries are read up to here, milliseconds. */
  until: z.number().default(0),
  /** Work center -> the entry that still runs, and how many people were seen at least while it ran. */
  running: z.record(z.string(), z.object({ from: z.number(), operators: z.number().nullable() })).default({}),
  crew: z.record(z.string(), z.number()).default({}),
  /** Jobs that are not finished: version and line. */
  jobs: z.record(z.string(), z.object({ version: z.string(), line: z.string().nullable() })).default({}),
  lots: z.record(z.string(), z.string()).default({}),
});
type Position = z.infer<typeof position>;
export function positionOf(since: Checkpoint | null): Position {
  const read = position.safeParse(structuredClone(since ?? {}));
  return read.success ? read.data : position.parse({});
}

/** Entries that were booked late are found again. */
const overlapMs = 10 * 60_000;
/** One call to Plex without a window gave 44 MB. */
const windowMs = 3 * 86_400_000;
/** New jobs whose line is asked for in one read; the others follow in the next. */
const jobsPerRead = 20;

const api = {
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

export type Step = 'floor' | 'jobs' | 'inventory';
type Read = (at: Position, signal: AbortSignal) => Promise<PlantRecord[]>;
export type Reader = Record<Step, Read> & {
  problem(): string | null;
  known(signal: AbortSignal): Promise<Known>;
};
type Known = Pick<Mapping, 'workcenters' | 'statuses'> & { missing: string[] };

export function openReader(http: Http, chosen: PlexOptions, context: SourceContext): Reader {
  const lookup = openLookup(context.plant, { ...chosen.workcenters, ...chosen.locations });
  const parts = openClosedParts(context.clock, (error, part) =>
    isClosed(error) ? `Plex's ${part} are closed to us.` : null,
  );
  let known: Known | null = null;

  const list = async <T extends z.ZodType>(path: string, row: T, what: string, signal: AbortSignal) =>
    rows.listOf(row, (await http.getJson(path, { signal })).json, what);

  const know = async (signal: AbortSignal): Promise<Known> => {
    if (known) return known;
    const centers = await list(api.workcenters, rows.workcenterRow, 'work centers', signal);
    const statuses = await list(api.statuses, rows.statusRow, 'work center statuses', signal);
    const found = centers.flatMap(({ workcenterId: id, workcenterCode: code }): Workcenter[] => {
      const line = chosen.workcenters[code];
      return line === undefined ? [] : [{ id, code, line }];
    });
    const missing = Object.keys(chosen.workcenters).filter((code) => !found.some((one) => one.code === code));
    if (found.length === 0)
      throw new AndonError(
        'bad_upstream',
        `Plex knows none of the work centers ${missing.join(', ')}.`,
        'Check workcenters of this source; codes are written as Plex writes them.',
      );
    known = {
      workcenters: new Map(found.map((one) => [one.id, one])),
      statuses: new Map(statuses.map((status) => [status.description, status])),
      missing,
    };
    return known;
  };

  const mapping = async (signal: AbortSignal): Promise<Mapping> => ({
    source: context.id,
    ...(await know(signal)),
    lookup,
    isHeld: (status) =>
      chosen.heldStatuses.some((word) => status.toLowerCase().startsWith(word.toLowerCase())),
    observedAt: context.clock(),
  });

  const floor: Read = async (at, signal) => {
    const map = await mapping(signal);
    const to = map.observedAt;
    const from = at.until === 0 ? to - chosen.backfillDays * 86_400_000 : at.until - overlapMs;
    const found: PlantRecord[] = [];
    for (const center of map.workcenters.values()) {
      const { json } = await http.getJson(api.control(center.id), { signal });
      const present = rows.controlRow.parse(json).operators?.length ?? null;
      const planned = context.plant.lines.find(({ id }) => id === center.line)?.crew;
      if (present !== null && planned !== undefined && at.crew[center.code] !== present) {
        found.push(crewRecord(center, present, planned, map));
        at.crew[center.code] = present;
      }
      // An entry that still runs began before the window: it is read again until it has a duration.
      const begin = Math.min(from, at.running[center.code]?.from ?? from);
      const entries = await windowed(api.entries, rows.entryRow, 'status entries', center, begin, to, signal);
      // Oldest first: what ended gives its count away before the next one begins to count.
      for (const row of entries.toSorted((a, b) => Date.parse(a.logDate) - Date.parse(b.logDate)))
        found.push(entryRecord(row, center, operatorsOf(row, center, present, at), map));
      for (const row of await windowed(api.scrap, rows.scrapRow, 'scrap entries', center, from, to, signal)) {
        const record = scrapRecord(row, center, map);
        if (record) found.push(record);
      }
    }
    at.until = to;
    return found;
  };

  /** Plex ignores parameters it does not know, so rows of other work centers are left out here again. */
  const windowed = async <T extends z.ZodType<{ workcenterId: string }>>(
    path: string,
    row: T,
    what: string,
    center: Workcenter,
    from: number,
    to: number,
    signal: AbortSignal,
  ) => {
    const found: z.infer<T>[] = [];
    for (let begin = from; begin < to; begin += windowMs) {
      const end = Math.min(to, begin + windowMs);
      const query = new URLSearchParams({
        workcenterId: center.id,
        beginDate: new Date(begin).toISOString(),
        endDate: new Date(end).toISOString(),
      });
      const all = await list(`${path}?${query}`, row, what, signal);
      found.push(...all.filter(({ workcenterId }) => workcenterId === center.id));
    }
    return found;
  };

  const jobs: Read = (at, signal) =>
    parts.read('jobs', async () => {
      const map = await mapping(signal);
      const found: PlantRecord[] = [];
      let asked = 0;
      for (const row of await list(api.jobs, rows.jobRow, 'jobs', signal)) {
        const before = at.jobs[row.jobNumber];
        const version = jobVersion(row);
        const isOver = ['completed', 'closed', 'cancelled'].includes(jobStatusOf(row.jobStatus));
        if (before?.version === version || (isOver && !before)) continue;
        if (!before && (asked += 1) > jobsPerRead) continue;
        const line = before?.line ?? (await lineOfJob(row.id, map, signal));
        if (line !== null) found.push(jobRecord(row, line, map));
        if (isOver) delete at.jobs[row.jobNumber];
        else at.jobs[row.jobNumber] = { version, line };
      }
      return found;
    });

  const lineOfJob = async (id: string | null, map: Mapping, signal: AbortSignal): Promise<string | null> => {
    if (id === null) return null;
    const operations = await list(api.jobOperations(id), rows.jobOperationRow, 'job operations', signal);
    return operations.flatMap((row) => map.workcenters.get(row.workcenterId ?? '')?.line ?? [])[0] ?? null;
  };

  const inventory: Read = async (at, signal) => {
    if (!chosen.inventory) return [];
    const map = await mapping(signal);
    const lots = await parts.read('lots', () => list(api.lots, rows.lotRow, 'lots', signal));
    const containers = await parts.read('containers', () =>
      list(api.containers, rows.containerRow, 'containers', signal),
    );
    const found = lotRecords(lots, containers, map);
    const fresh = found.filter(({ key, version }) => at.lots[key] !== version);
    at.lots = Object.fromEntries(found.map(({ key, version }) => [key, version]));
    return fresh;
  };

  const problem = () => {
    const sentences = parts.problems();
    if (known && known.missing.length > 0)
      sentences.unshift(`Plex does not know the work centers ${known.missing.join(', ')}.`);
    return sentences.join(' ') || null;
  };
  return { floor, jobs, inventory, problem, known: know };
}

/** Plex answers 401 or 404 also where an API is not subscribed: what came before proves the key, so only this part is closed. */
const isClosed = ({ code, details }: AndonError): boolean =>
  code === 'unauthorised' || details['status'] === 404 || Array.isArray(details['missing']);

/** People are counted while an entry runs; the least that were seen is kept, for that is what a stop for want of people shows. */
function operatorsOf(
  row: rows.EntryRow,
  center: Workcenter,
  present: number | null,
  at: Position,
): number | null {
  const from = Date.parse(row.logDate);
  const running = at.running[center.code];
  const seen = running?.from === from ? running.operators : null;
  if (row.duration !== null) {
    if (running?.from === from) delete at.running[center.code];
    return seen;
  }
  const operators = seen === null ? present : Math.min(seen, present ?? seen);
  at.running[center.code] = { from, operators };
  return operators;
}
