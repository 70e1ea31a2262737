import type { DataValue, HistoryData, HistoryReadRequest } from 'node-opcua';
import type { Millis } from '../../plant/time.ts';
import { inChunks } from './connect.ts';
import { sampleOf, type Live, type LiveItem } from './live.ts';
import type { Sample } from './fold.ts';

/** AccessLevel bit 2: HistoryRead. */
const historyRead = 0x04;
/** Values read for one loss at most; about 200 s of 1,000 nodes at 1 Hz. The rest stays a gap. */
const maxValues = 200_000;
const valuesPerCall = 10_000;
/** Live values wait in memory meanwhile. */
const longestMs = 20_000;

export type Filled = { samples: Sample[]; items: number; whole: boolean };

async function historised({ connection, items }: Live): Promise<LiveItem[]> {
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
 * What the server kept between `from` and `to`. `whole`: every watched node had its history and all of it was
 * read. Never throws: what cannot be read stays a gap.
 */
export async function readHistory(live: Live, from: Millis, to: Millis): Promise<Filled> {
  const filled: Filled = { samples: [], items: 0, whole: false };
  try {
    const items = await historised(live);
    let cutShort = false;
    const until = performance.now() + longestMs;
    const good = await inChunks(items, live.connection.limits.history, async (part) => {
      const done = await readPart(live, part, { from, to, until }, filled.samples);
      cutShort ||= done.cutShort;
      return [done.good];
    });
    filled.items = good.reduce((sum, count) => sum + count, 0);
    filled.whole = !cutShort && filled.items === live.items.length && filled.items > 0;
  } catch {
    filled.whole = false;
  }
  return filled;
}

async function readPart(
  { connection }: Live,
  part: LiveItem[],
  { from, to, until }: { from: Millis; to: Millis; until: number },
  samples: Sample[],
): Promise<{ good: number; cutShort: boolean }> {
  const { opcua, session } = connection;
  const details = new opcua.ReadRawModifiedDetails({
    isReadModified: false,
    startTime: new Date(from),
    endTime: new Date(to),
    numValuesPerNode: valuesPerCall,
    returnBounds: false,
  });
  let open = part.map((watched) => ({ watched, point: undefined as Buffer | undefined }));
  let good = 0;
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
    if (enough) return { good, cutShort: true };
    const next: typeof open = [];
    for (const [index, { watched }] of open.entries()) {
      const result = results?.[index];
      if (!result || result.statusCode.value >>> 30 !== 0) continue;
      const values = (result.historyData as HistoryData | null)?.dataValues ?? [];
      for (const value of values as DataValue[]) samples.push(sampleOf(watched.item, value, from));
      const point = result.continuationPoint;
      if (point && point.length > 0) next.push({ watched, point });
      else good += 1;
    }
    open = next;
  }
  return { good, cutShort: false };
}
