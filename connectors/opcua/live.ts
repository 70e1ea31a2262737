import type { ClientMonitoredItemGroup, ClientSubscription, DataValue } from 'node-opcua';
import { AndonError } from '../../plant/errors.ts';
import type { Clock, Millis } from '../../plant/time.ts';
import { watchAlarms, type AlarmEvent } from './alarm-events.ts';
import { connect, type Connection } from './connect.ts';
import { discoverSignals, type BadNode } from './discover.ts';
import type { Sample } from './fold.ts';
import { nodeIdText, planItems, type Item, type Plan } from './items.ts';
import type { OpcuaOptions } from './options.ts';
import { stopTraffic, watchTraffic, type Traffic } from './traffic.ts';

/** Items with the node id they have on this connection. */
export type LiveItem = { item: Item; nodeId: string };

export type Live = {
  connection: Connection;
  items: LiveItem[];
  /** Nodes that could not be watched, with the server's status. */
  bad: BadNode[];
  traffic: Traffic;
  /** Server clock minus ours, milliseconds. */
  offsetMs: number | null;
  close(): Promise<void>;
};

/** Who hears what comes over the connection. */
export type Wire = {
  clock: Clock;
  /** All items, before the first value can come. */
  onItems(items: readonly Item[]): void;
  onSample(sample: Sample): void;
  /** Null: alarms are not wanted. */
  onEvent: ((event: AlarmEvent) => void) | null;
};

/** Server time minus ours at the middle of the request; null where the server does not tell. */
export async function clockOffset({ opcua, session }: Connection, clock: Clock): Promise<number | null> {
  const asked = clock();
  const answer = await session
    .read({ nodeId: 'i=2258', attributeId: opcua.AttributeIds.Value })
    .catch(() => null);
  const time: unknown = answer?.value.value;
  return time instanceof Date ? Math.round(time.getTime() - (asked + clock()) / 2) : null;
}

/** The items of the YAML and those found below the roots, with their node ids on this connection. */
export async function resolveItems(
  connection: Connection,
  options: OpcuaOptions,
  plan: Plan,
): Promise<{ items: LiveItem[]; bad: BadNode[] }> {
  const at = (node: string) => nodeIdText(node, options.namespace, connection.namespaces);
  const declared = plan.items.map((item) => ({ item, nodeId: at(item.node) }));
  const known = new Set(declared.map(({ nodeId }) => nodeId));
  const { items, bad } = await discoverSignals(connection, options.namespace, plan.discover, known);
  return { items: [...declared, ...items.map((item) => ({ item, nodeId: item.node }))], bad };
}

/** The severity of a status code is in its two highest bits (Part 4, 7.39): 0 Good, 1 Uncertain, 2 Bad. */
export const isGood = (status: { value: number }): boolean => status.value >>> 30 === 0;

export function sampleOf(item: Item, value: DataValue, now: Millis): Sample {
  const at = value.sourceTimestamp ?? value.serverTimestamp;
  const status = value.statusCode;
  return {
    item,
    value: value.value.value,
    dataType: value.value.dataType,
    at: at ? at.getTime() : now,
    bad: isGood(status) ? null : status.name.replace(/#.*$/, ''),
    overflow: status.hasOverflowBit,
  };
}

async function subscribe(connection: Connection, options: OpcuaOptions): Promise<ClientSubscription> {
  const keepAlive = Math.max(1, Math.round(options.keepAliveMs / options.publishingMs));
  return connection.session.createSubscription2({
    requestedPublishingInterval: options.publishingMs,
    requestedMaxKeepAliveCount: keepAlive,
    requestedLifetimeCount: keepAlive * 10, // Part 4 asks for at least three times the keepalive count
    maxNotificationsPerPublish: 0, // as many as there are
    publishingEnabled: true,
    priority: 10, // 0 is the lowest: before clients that ask for none
  });
}

/** Watches all items, in chunks of what the server takes at once. Returns those it refused. */
async function monitor(
  { opcua, limits }: Connection,
  subscription: ClientSubscription,
  options: OpcuaOptions,
  items: readonly LiveItem[],
  wire: Wire,
): Promise<BadNode[]> {
  const bad: BadNode[] = [];
  for (let from = 0; from < items.length; from += limits.monitor) {
    const part = items.slice(from, from + limits.monitor);
    const group: ClientMonitoredItemGroup = await subscription.monitorItems(
      part.map(({ nodeId }) => ({ nodeId, attributeId: opcua.AttributeIds.Value })),
      { samplingInterval: options.samplingMs, queueSize: options.queueSize, discardOldest: true },
      opcua.TimestampsToReturn.Both,
    );
    group.on('changed', (_, value: DataValue, index: number) => {
      const watched = part[index];
      if (watched) wire.onSample(sampleOf(watched.item, value, wire.clock()));
    });
    for (const [index, { item, nodeId }] of part.entries()) {
      const status = group.monitoredItems[index]?.statusCode;
      if (!status || status.value !== 0)
        bad.push({ equipment: item.equipment, node: nodeId, status: status?.name ?? 'no answer' });
    }
  }
  return bad;
}

/** A connection with everything watched. Throws `AndonError` as `connect` does; nothing is left open then. */
export async function goLive(options: OpcuaOptions, folder: string, wire: Wire): Promise<Live> {
  const connection = await connect(options, folder);
  try {
    const plan = planItems(options);
    const { items, bad } = await resolveItems(connection, options, plan);
    wire.onItems(items.map(({ item }) => item));
    const offsetMs = await clockOffset(connection, wire.clock);
    const subscription = await subscribe(connection, options);
    const traffic = watchTraffic(connection, subscription, wire.clock, offsetMs);
    try {
      bad.push(...(await monitor(connection, subscription, options, items, wire)));
      if (wire.onEvent) await watchAlarms(connection, subscription, options, plan, wire.clock, wire.onEvent);
    } catch (error) {
      stopTraffic(traffic);
      throw error;
    }
    return {
      connection,
      items,
      bad,
      traffic,
      offsetMs,
      async close() {
        stopTraffic(traffic);
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    if (error instanceof AndonError) throw error;
    throw new AndonError(
      'unreachable',
      `The OPC UA server at ${options.endpoint} broke off while its nodes were being subscribed.`,
      'It is tried again.',
      { cause: error },
    );
  }
}
