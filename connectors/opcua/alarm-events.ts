/** Alarms & Conditions of the server (OPC UA Part 9), as events that say what a record needs. */
import { createHash } from 'node:crypto';
import type { ClientSubscription, Variant } from 'node-opcua';
import type { Clock, Millis } from '../../plant/time.ts';
import type { Connection } from './connect.ts';
import { nodeIdText, type Plan } from './items.ts';
import type { OpcuaOptions } from './options.ts';

/** An event of the server, reduced to what a record needs. */
export type AlarmEvent = {
  /** ConditionId and BranchId. */
  condition: string;
  /** A hash of EventId. */
  event: string;
  /** NodeId of the event type. */
  type: string;
  equipment: string | null;
  name: string;
  text: string;
  /** 1 to 1000. */
  severity: number;
  /** Null where the event is about no condition. */
  active: boolean | null;
  acknowledged: boolean | null;
  at: Millis;
  activeSince: Millis | null;
};

const fields = [
  'EventId',
  'EventType',
  'SourceNode',
  'SourceName',
  'Time',
  'Message',
  'Severity',
  'ConditionId',
  'BranchId',
  'ConditionName',
  'ActiveState.Id',
  'ActiveState.TransitionTime',
  'AckedState.Id',
] as const;
type Field = (typeof fields)[number];

/** The server asks for a refresh: RefreshRequiredEventType of Part 9. */
const refreshRequired = 'ns=0;i=2789';

/** Whose alarm: the machine whose object is the source, or the nearest root above it by its node id. */
function ownerOf(options: OpcuaOptions, plan: Plan, namespaces: readonly string[]) {
  const roots = plan.roots
    .map(({ equipment, root }) => ({ equipment, node: nodeIdText(root, options.namespace, namespaces) }))
    .toSorted((a, b) => b.node.length - a.node.length);
  return (source: string): string | null =>
    roots.find(
      ({ node }) => source === node || (source.startsWith(node) && /^[./]/.test(source.slice(node.length))),
    )?.equipment ?? null;
}

function eventOf(
  values: readonly Variant[],
  owner: (source: string) => string | null,
  now: Millis,
): AlarmEvent {
  const get = (field: Field): unknown => values[fields.indexOf(field)]?.value ?? null;
  const text = (value: unknown) =>
    typeof value === 'object' && value !== null && 'text' in value
      ? String(value.text ?? '')
      : String(value ?? '');
  const time = (value: unknown) => (value instanceof Date && value.getTime() > 0 ? value.getTime() : null);
  const flag = (value: unknown) => (typeof value === 'boolean' ? value : null);
  const id = get('EventId');
  const severity = Number(get('Severity'));
  return {
    condition: `${String(get('ConditionId') ?? '')}/${String(get('BranchId') ?? '')}`,
    event: id instanceof Uint8Array ? createHash('sha1').update(id).digest('base64') : String(id),
    type: `ns=0;${String(get('EventType') ?? '').replace(/^ns=0;/, '')}`,
    equipment: owner(String(get('SourceNode') ?? '')),
    name: text(get('ConditionName')) || text(get('SourceName')) || 'alarm',
    text: text(get('Message')),
    severity: Number.isFinite(severity) ? Math.min(1000, Math.max(1, Math.round(severity))) : 500,
    active: flag(get('ActiveState.Id')),
    acknowledged: flag(get('AckedState.Id')),
    at: time(get('Time')) ?? now,
    activeSince: time(get('ActiveState.TransitionTime')),
  };
}

/** ConditionRefresh of ConditionType (Part 9, 5.5.7). */
const conditionType = 'i=2782';
const conditionRefresh = 'i=3875';
const server = 'i=2253';

/** Subscribes to the server's events and asks for what is active now: the only Method that is ever called. */
export async function watchAlarms(
  connection: Connection,
  subscription: ClientSubscription,
  options: OpcuaOptions,
  plan: Plan,
  clock: Clock,
  onEvent: (event: AlarmEvent) => void,
): Promise<void> {
  const { opcua, session, namespaces } = connection;
  const owner = ownerOf(options, plan, namespaces);
  const refresh = () =>
    session
      .call({
        objectId: conditionType,
        methodId: conditionRefresh,
        inputArguments: [{ dataType: opcua.DataType.UInt32, value: subscription.subscriptionId }],
      })
      .catch(() => null); // a server without conditions has nothing to refresh
  const item = await subscription.monitor(
    { nodeId: server, attributeId: opcua.AttributeIds.EventNotifier },
    {
      samplingInterval: 0,
      queueSize: 1000, // a line that trips raises some tens at once
      discardOldest: true,
      filter: opcua.constructEventFilter([...fields]),
    },
    opcua.TimestampsToReturn.Both,
  );
  item.on('changed', (values) => {
    const event = eventOf(values as unknown as Variant[], owner, clock());
    if (event.type === refreshRequired) void refresh();
    else onEvent(event);
  });
  await refresh();
}
