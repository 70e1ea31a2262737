import type { DataValue, HistoryData, HistoryReadRequest } from 'node-opcua';
import type { Millis } from '../../plant/time.ts';
import { inChunks, type Connection } from './connect.ts';
import type { Sample } from './fold.ts';
import type { Item } from './items.ts';
import { isGood, sampleOf, type Live, type LiveItem } from './live.ts';

/** AccessLevel bit 2: HistoryRead. */
const historyRead = 0x04;
/** Values read for one loss at most; about 200 s of 1,000 nodes at 1 Hz. The rest stays a gap. */
const maxValues = 200_000;
/** Of one node in one call; some 300 kB. What is more comes by continuation point. */
const valuesPerCall = 10_000;
/** Live values wait in memory meanwhile. */
const longestMs = 20_000;

/** ServerStatus.StartTime. */
const startTime = 'i=2257';

/**
 * `watched`: what the server lets us watch, or did before; `missing`: those of which something in between may be
 * unknown; `lost`: equipment whose state cannot be watched any more, told by a bad sample from the beginning on.
 */
type Filled = { samples: Sample[]; watched: Item[]; missing: Item[]; lost: ReadonlySet<string> };

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

/** Nothing kept in its own memory is older than the server: what it kept says nothing of before. */
async function startedAfter({ opcua, session }: Connection, at: Millis): Promise<boolean> {
  const answer = await session.read({ nodeId: startTime, attributeId: opcua.AttributeIds.Value });
  const time: unknown = answer.value.value;
  return time instanceof Date && time.getTime() > at;
}

/**
 * Those whose history reaches back to `from`: it has a good value then or before. An empty answer for the time
 * after it means "no change" of these alone; of others, that nothing was kept.
 */
async function reachingBack(
  { opcua, session }: Connection,
  part: LiveItem[],
  from: Millis,
): Promise<LiveItem[]> {
  const ask = (releaseContinuationPoints: boolean, nodes: { nodeId: string; continuationPoint?: Buffer }[]) =>
    session.historyRead(
      new opcua.HistoryReadRequest({
        // Without a start the newest comes first (Part 11, 6.4.3.2).
        historyReadDetails: new opcua.ReadRawModifiedDetails({
          isReadModified: false,
          startTime: null,
          endTime: new Date(from),
          numValuesPerNode: 1,
          returnBounds: false,
        }),
        timestampsToReturn: opcua.TimestampsToReturn.Both,
        releaseContinuationPoints,
        nodesToRead: nodes,
      }),
    );
  const { results } = await ask(
    false,
    part.map(({ nodeId }) => ({ nodeId })),
  );
  const open = part.flatMap(({ nodeId }, index) => {
    const point = results?.[index]?.continuationPoint;
    return point && point.length > 0 ? [{ nodeId, continuationPoint: point }] : [];
  });
  if (open.length > 0) await ask(true, open);
  return part.filter(({ item }, index) => {
    const result = results?.[index];
    if (!result || !isGood(result.statusCode)) return false;
    const [last] = ((result.historyData as HistoryData | null)?.dataValues ?? []) as DataValue[];
    if (!last) return false;
    const { at, bad } = sampleOf(item, last, Infinity);
    return bad === null && at <= from;
  });
}

/**
 * What the server kept between `from` and `to` of the nodes it lets us watch. `seen`: items that had a value before.
 * Never throws: what cannot be read is missing.
 */
export async function readHistory(
  live: Live,
  { from, to }: { from: Millis; to: Millis },
  seen: ReadonlyMap<string, Item>,
): Promise<Filled> {
  const refused = new Map(live.bad.map(({ node, status }) => [node, status]));
  const watched = live.items.filter(({ nodeId }) => !refused.has(nodeId));
  const keys = new Set(watched.map(({ item }) => item.key));
  const noState = live.items.filter(({ item, nodeId }) => item.role === 'state' && refused.has(nodeId));
  // A node that was taken away is refused where the YAML names it, and not found where it was browsed.
  const gone = new Map([...seen, ...noState.map(({ item }) => [item.key, item] as const)]);
  for (const key of keys) gone.delete(key);
  const samples: Sample[] = noState.map(({ item, nodeId }) => ({
    item,
    value: null,
    dataType: 0,
    at: from,
    bad: refused.get(nodeId) ?? 'no answer',
    overflow: false,
  }));
  const whole = new Set<LiveItem>();
  try {
    const kept = await historised(live.connection, watched);
    const until = performance.now() + longestMs;
    const known = (await startedAfter(live.connection, from))
      ? []
      : await inChunks(kept, live.connection.limits.history, (part) =>
          // A server that cannot read backwards may give what came since all the same.
          reachingBack(live.connection, part, from).catch(() => []),
        );
    const reaching = new Set(known);
    await inChunks(kept, live.connection.limits.history, async (part) => {
      const read = await readPart(live, part, { from, to, until }, samples);
      for (const one of read) if (reaching.has(one)) whole.add(one);
      return read;
    });
  } catch {
    // The connection is gone again, or the server does not know how: what was read until then counts.
  }
  const missing = watched.filter((one) => !whole.has(one)).map(({ item }) => item);
  return {
    samples,
    watched: [...watched.map(({ item }) => item), ...gone.values()],
    missing: [...missing, ...gone.values()],
    lost: new Set(noState.map(({ item }) => item.equipment)),
  };
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
      if (!result || !isGood(result.statusCode)) continue;
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
