import { createHash } from 'node:crypto';
import type { ClientSubscription, Variant } from 'node-opcua';
import type { PlantRecord } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { Connection } from './connect.ts';
import { gapRecord } from './gaps.ts';
import { nodeIdText, type Plan } from './items.ts';
import type { OpcuaOptions } from './options.ts';

/** An event of the server, reduced to what a record needs. `condition`: ConditionId and BranchId. */
type AlarmEvent = {
  condition: string;
  event: string;
  type: string;
  source: string;
  equipment: string | null;
  name: string;
  text: string;
  severity: number;
  active: boolean | null;
  acknowledged: boolean | null;
  at: Millis;
  activeSince: Millis | null;
};

/** An alarm that is on: what is needed to say later that it went off. Goes into the checkpoint. */
export type ActiveAlarm = {
  equipment: string | null;
  alarm: string;
  text: string;
  severity: number;
  at: Millis;
};

export type AlarmFold = {
  event(event: AlarmEvent): void;
  active(): Record<string, ActiveAlarm>;
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

/** Event types of Part 5 and 9 that are about the event stream itself. */
const refreshStart = 'ns=0;i=2787';
const refreshEnd = 'ns=0;i=2788';
const refreshRequired = 'ns=0;i=2789';
const queueOverflow = 'ns=0;i=3035';

/** At most so many events are remembered against repetition by a refresh. */
const remembered = 5000;

/**
 * Alarm records from events: one when it comes, one when it goes, a later version of the first when it is
 * acknowledged. A refresh repeats what is active; repetitions are dropped, and what it does not name has ended.
 */
export function foldAlarms(
  source: string,
  clock: () => Millis,
  since: Readonly<Record<string, ActiveAlarm>>,
  tell: (record: PlantRecord) => void,
): AlarmFold {
  const active = new Map<string, ActiveAlarm>(Object.entries(since));
  const known = new Set(active.keys());
  const seen = new Set<string>();
  let suspect: Set<string> | null = null;
  let lastAt: Millis | null = null;

  function say(
    alarm: ActiveAlarm,
    at: Millis,
    on: boolean,
    rest: { version?: string; acknowledged?: boolean | null; quality?: 'uncertain' } = {},
  ): void {
    tell({
      kind: 'alarm',
      source,
      key: `${alarm.equipment ?? '*'}/${alarm.alarm}@${iso(at)}/${on ? 'on' : 'off'}`,
      version: rest.version ?? '',
      equipment: alarm.equipment,
      at: iso(at),
      observedAt: iso(clock()),
      quality: rest.quality ?? 'good',
      alarm: alarm.alarm,
      text: alarm.text,
      severity: alarm.severity,
      active: on,
      acknowledged: rest.acknowledged ?? null,
    });
  }

  function change(event: AlarmEvent): void {
    const before = active.get(event.condition);
    suspect?.delete(event.condition);
    const alarm = {
      equipment: event.equipment,
      alarm: event.name,
      text: event.text || event.name,
      severity: event.severity,
    };
    if (event.active) {
      const at = before?.at ?? Math.min(event.activeSince ?? event.at, event.at);
      active.set(event.condition, { ...alarm, at });
      const version = event.acknowledged && before ? iso(event.at) : '';
      say({ ...alarm, at }, at, true, { version, acknowledged: event.acknowledged });
    } else if (before || !known.has(event.condition)) {
      // A condition never met here may have come before this process did: its end is told too.
      active.delete(event.condition);
      say({ ...alarm, at: event.at }, event.at, false, { acknowledged: event.acknowledged });
    }
    known.add(event.condition);
  }

  function endSuspects(at: Millis): void {
    for (const condition of suspect ?? []) {
      const alarm = active.get(condition);
      active.delete(condition);
      if (alarm) say(alarm, Math.max(at, alarm.at), false, { quality: 'uncertain' });
    }
    suspect = null;
  }

  return {
    event(event) {
      if (event.type === refreshStart) suspect = new Set(active.keys());
      else if (event.type === refreshEnd) endSuspects(event.at);
      else if (event.type === queueOverflow)
        tell(
          gapRecord(
            source,
            null,
            { from: lastAt ?? event.at, to: event.at },
            'Too many alarms at once: the server dropped some',
            clock(),
          ),
        );
      else if (event.active !== null) {
        const mark = `${event.condition}/${event.event}`;
        if (seen.has(mark)) {
          suspect?.delete(event.condition);
          return;
        }
        seen.add(mark);
        if (seen.size > remembered) for (const oldest of seen.values().take(1)) seen.delete(oldest);
        change(event);
      }
      lastAt = event.at;
    },
    active: () => Object.fromEntries(active),
  };
}

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
  const source = String(get('SourceNode') ?? '');
  const severity = Number(get('Severity'));
  return {
    condition: `${String(get('ConditionId') ?? '')}/${String(get('BranchId') ?? '')}`,
    event: id instanceof Uint8Array ? createHash('sha1').update(id).digest('base64') : String(id),
    type: `ns=0;${String(get('EventType') ?? '').replace(/^ns=0;/, '')}`,
    source,
    equipment: owner(source),
    name: text(get('ConditionName')) || text(get('SourceName')) || 'alarm',
    text: text(get('Message')),
    severity: Number.isFinite(severity) ? Math.min(1000, Math.max(1, Math.round(severity))) : 500,
    active: flag(get('ActiveState.Id')),
    acknowledged: flag(get('AckedState.Id')),
    at: time(get('Time')) ?? now,
    activeSince: time(get('ActiveState.TransitionTime')),
  };
}

/** Subscribes to the server's events and asks for what is active now: the only Method that is ever called. */
export async function watchAlarms(
  connection: Connection,
  subscription: ClientSubscription,
  options: OpcuaOptions,
  plan: Plan,
  alarms: AlarmFold,
  clock: () => Millis,
): Promise<void> {
  const { opcua, session, namespaces } = connection;
  const owner = ownerOf(options, plan, namespaces);
  const refresh = () =>
    session
      .call({
        objectId: 'i=2782',
        methodId: 'i=3875',
        inputArguments: [{ dataType: opcua.DataType.UInt32, value: subscription.subscriptionId }],
      })
      .catch(() => null); // a server without conditions has nothing to refresh
  const item = await subscription.monitor(
    { nodeId: 'i=2253', attributeId: opcua.AttributeIds.EventNotifier },
    {
      samplingInterval: 0,
      queueSize: 1000,
      discardOldest: true,
      filter: opcua.constructEventFilter([...fields]),
    },
    opcua.TimestampsToReturn.Both,
  );
  item.on('changed', (values) => {
    const event = eventOf(values as unknown as Variant[], owner, clock());
    if (event.type === refreshRequired) void refresh();
    else alarms.event(event);
  });
  await refresh();
}
