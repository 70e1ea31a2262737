import type { DataValue, HistoryData, HistoryReadRequest } from 'node-opcua';
import type { Millis } from '../../plant/time.ts';
import { inChunks, type Connection } from './connect.ts';
import type { Sample } from './fold.ts';
import type { Item } from './items.ts';
import { sampleOf, type Live, type LiveItem } from './live.ts';

/** AccessLevel bit 2: HistoryRead. */
const historyRead = 0x04;
/** Values read for one loss at most; about 200 s of 1,000 nodes at 1 Hz. The rest stays a gap. */
const maxValues = 200_000;
const valuesPerCall = 10_000;
/** Live values wait in memory meanwhile. */
const longestMs = 20_000;

/** `watched`: what the server lets us watch; `missing`: those of which something in between may be unknown. */
export type Filled = { samples: Sample[]; watched: Item[]; missing: Item[] };

async function historised(connection: Connection, items: readonly LiveItem[]): Promise<LiveItem[]> {
  const { opcua, session, limits } = connection;
  const levels = await inChunks(items, limits.read, (part) =>
    session.read(part.map(({ nodeId }) => ({ nodeId, attributeId: opcua.AttributeIds.AccessLevel }))),
  );
  return items.filter((_, index) => {
    const level: unknown = levels[index]?.value.value;
    return typeof level === 'number' && (level & historyRead) !== 0;
  });
}

/**
 * What the server kept between `from` and `to` of the nodes it lets us watch. Never throws: what cannot be read
 * is missing.
 */
export async function readHistory(live: Live, from: Millis, to: Millis): Promise<Filled> {
  const refused = new Set(live.bad.map(({ node }) => node));
  const watched = live.items.filter(({ nodeId }) => !refused.has(nodeId));
  const samples: Sample[] = [];
  const whole = new Set<LiveItem>();
  try {
    const items = await historised(live.connection, watched);
    const until = performance.now() + longestMs;
    await inChunks(items, live.connection.limits.history, async (part) => {
      const read = await readPart(live, part, { from, to, until }, samples);
      for (const one of read) whole.add(one);
      return read;
    });
  } catch {
    // The connection is gone again, or the server does not know how: what was read until then counts.
  }
  const missing = watched.filter((one) => !whole.has(one)).map(({ item }) => item);
  return { samples, watched: watched.map(({ item }) => item), missing };
}

/** Returns those of which all was read. */
async function readPart(
  { connection }: Live,
  part: LiveItem[],
  { from, to, until }: { from: Millis; to: Millis; until: number },
  samples: Sample[],
): Promise<LiveItem[]> {
  const { opcua, session } = connection;
  const details = new opcua.ReadRawModifiedDetails({
    isReadModified: false,
    startTime: new Date(from),
    endTime: new Date(to),
    numValuesPerNode: valuesPerCall,
    returnBounds: false,
  });
  let open = part.map((watched) => ({ watched, point: undefined as Buffer | undefined }));
  const whole: LiveItem[] = [];
  while (open.length > 0) {
    const enough = samples.length >= maxValues || performance.now() > until;
    const request: HistoryReadRequest = new opcua.HistoryReadRequest({
      historyReadDetails: details,
      timestampsToReturn: opcua.TimestampsToReturn.Both,
      releaseContinuationPoints: enough,
      nodesToRead: open.map(({ watched, point }) => ({
        nodeId: watched.nodeId,
        ...(point ? { continuationPoint: point } : {}),
      })),
    });
    const { results } = await session.historyRead(request);
    if (enough) return whole;
    const next: typeof open = [];
    for (const [index, { watched }] of open.entries()) {
      const result = results?.[index];
      if (!result || result.statusCode.value >>> 30 !== 0) continue;
      const values = (result.historyData as HistoryData | null)?.dataValues ?? [];
      for (const value of values as DataValue[]) samples.push(sampleOf(watched.item, value, from));
      const point = result.continuationPoint;
      if (point && point.length > 0) next.push({ watched, point });
      else whole.push(watched);
    }
    open = next;
  }
  return whole;
}
