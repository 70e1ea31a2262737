import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AttributeIds,
  ClientSubscription,
  constructEventFilter,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  TimestampsToReturn,
  UserTokenType,
  type ClientMonitoredItem,
  type ClientSession,
  type DataValue,
  type Variant,
} from 'node-opcua';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallWorld } from '../testing/small-world.ts';
import { opcuaNamespace, serveOpcua, type OpcuaServer } from './opcua.ts';

const start = Date.parse('2026-11-20T12:00:00Z');
const world = smallWorld(start);
const alarm = {
  machine: 'line-3.capper',
  alarm: 'infeed_jam',
  text: 'Jam at infeed starwheel',
  severity: 700,
  acknowledged: false,
};
let folder: string;
let server: OpcuaServer;
const connection = { connectionStrategy: { maxRetry: 0 }, endpointMustExist: false } as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'andon-opcua-'));
  server = await serveOpcua(world, { folder, port: 0, user: 'andon', password: 'secret', active: [] });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function withSession<T>(use: (session: ClientSession, ns: number) => Promise<T>): Promise<T> {
  const client = OPCUAClient.create(connection);
  try {
    return await client.withSessionAsync(server.url, async (session) => {
      const namespaces = await session.readNamespaceArray();
      return use(session, namespaces.indexOf(opcuaNamespace));
    });
  } finally {
    await client.disconnect();
  }
}
async function login(password: string): Promise<string> {
  const client = OPCUAClient.create({
    ...connection,
    securityMode: MessageSecurityMode.SignAndEncrypt,
    securityPolicy: SecurityPolicy.Basic256Sha256,
  });
  try {
    await client.connect(server.url);
    const session = await client.createSession({ type: UserTokenType.UserName, userName: 'andon', password });
    const value = await session.read({ nodeId: 'i=2258', attributeId: AttributeIds.Value });
    await session.close();
    return value.statusCode.name;
  } finally {
    await client.disconnect();
  }
}
/** The next thing that an emitter tells and `wanted` accepts. */
const next = <T>(item: ClientMonitoredItem, wanted: (value: T) => boolean): Promise<T> =>
  new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error('nothing came within a minute')), 60_000);
    item.on('changed', (value) => {
      if (!wanted(value as T)) return;
      clearTimeout(deadline);
      resolve(value as T);
    });
  });

describe('machines over OPC UA', () => {
  it('shows states with their own time, process values with unit and range, counters as UInt32', async () => {
    await withSession(async (session, ns) => {
      const read = (tag: string) =>
        session.read({ nodeId: `ns=${ns};s=${tag}`, attributeId: AttributeIds.Value });
      const state = await read('Line3.Filler.State');
      expect(state.value.value).toBe('Execute');
      expect(state.sourceTimestamp?.getTime()).toBe(start - 600_000);
      expect((await read('Line3.Filler.Torque')).value.value).toBe(2.5);
      expect((await read('Line3.Capper.GoodCount')).value).toMatchObject({ dataType: 7, value: 1000 });
      expect((await read('Utilities.CompressedAir.Pressure')).value.value).toBe(6.2);
      expect((await read('Systems.LabelServer.Connected')).value.value).toBe(true);
      const properties = await session.browse({
        nodeId: `ns=${ns};s=Line3.Filler.Torque`,
        referenceTypeId: 'HasProperty',
        resultMask: 63,
      });
      const values = Object.fromEntries(
        await Promise.all(
          (properties.references ?? []).map(async ({ browseName, nodeId }) => [
            browseName.name,
            (await session.read({ nodeId, attributeId: AttributeIds.Value })).value.value,
          ]),
        ),
      );
      expect(values.EURange).toMatchObject({ low: 0, high: 5 });
      expect(values.EngineeringUnits).toMatchObject({ displayName: { text: 'Nm' }, unitId: 20053 });
    });
  });

  it('pushes changes at once, and a value that is missing as bad quality', async () => {
    await withSession(async (session, ns) => {
      const subscription = ClientSubscription.create(session, {
        requestedPublishingInterval: 50,
        publishingEnabled: true,
        requestedLifetimeCount: 10_000,
        requestedMaxKeepAliveCount: 10,
      });
      const item = await subscription.monitor(
        { nodeId: `ns=${ns};s=Line3.Capper.Speed`, attributeId: AttributeIds.Value },
        { samplingInterval: 0, queueSize: 20 },
        TimestampsToReturn.Both,
      );
      const capper = world.machines.get('line-3.capper');
      if (!capper) throw new Error('no capper');
      const changed = next<DataValue>(item, (value) => value.value.value === 123);
      world.step();
      capper.values.speed = 123;
      server.push([]);
      expect((await changed).sourceTimestamp?.getTime()).toBe(world.now());
      const bad = next<DataValue>(item, (value) => value.statusCode.isNotGood());
      delete capper.values.speed;
      server.push([]);
      expect((await bad).statusCode.name).toBe('BadNoCommunication');
      await subscription.terminate();
    });
  });

  it('tells alarms as condition events of the machine, and repeats the active ones on ConditionRefresh', async () => {
    await withSession(async (session, ns) => {
      const subscription = ClientSubscription.create(session, {
        requestedPublishingInterval: 50,
        publishingEnabled: true,
        requestedLifetimeCount: 10_000,
        requestedMaxKeepAliveCount: 10,
      });
      const filter = constructEventFilter(
        [
          'EventId',
          'SourceNode',
          'ConditionName',
          'Message',
          'Severity',
          'Time',
          'ActiveState.Id',
          'AckedState.Id',
          'Retain',
        ],
        { conditionTypes: ['AlarmConditionType'] } as never,
      );
      const item = await subscription.monitor(
        { nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier },
        { samplingInterval: 0, queueSize: 100, filter },
        TimestampsToReturn.Both,
      );
      const of = (active: boolean) => (fields: Variant[]) =>
        fields[2]?.value === alarm.alarm && fields[6]?.value === active;
      const on = next<Variant[]>(item, of(true));
      server.push([{ ...alarm, active: true, at: world.now() }]);
      const fields = await on;
      expect(fields[1]?.value.toString()).toBe(`ns=${ns};s=Line3.Capper`);
      expect(fields[3]?.value.text).toBe(alarm.text);
      expect(fields[4]?.value).toBe(700);
      expect(fields[5]?.value.getTime()).toBe(world.now());
      expect(fields[7]?.value).toBe(false);
      const again = next<Variant[]>(item, of(true));
      await session.call({
        objectId: 'i=2782',
        methodId: 'i=3875',
        inputArguments: [{ dataType: 'UInt32', value: subscription.subscriptionId } as never],
      });
      expect((await again)[0]?.value.toString('hex')).toBe(fields[0]?.value.toString('hex'));
      const off = next<Variant[]>(item, of(false));
      world.step();
      server.push([{ ...alarm, active: false, acknowledged: true, at: world.now() }]);
      expect((await off)[8]?.value).toBe(false);
      await subscription.terminate();
    });
  });

  it('keeps the history of states since it came up, with their own times', async () => {
    await withSession(async (session, ns) => {
      const filler = world.machines.get('line-3.filler');
      if (!filler) throw new Error('no filler');
      for (const state of ['Held', 'Execute'] as const) {
        world.step();
        filler.state = state;
        filler.since = world.now();
        server.push([]);
      }
      const result = await session.readHistoryValue(
        `ns=${ns};s=Line3.Filler.State`,
        new Date(start - 3_600_000),
        new Date(world.now() + 1000),
      );
      const values = (result.historyData as { dataValues?: DataValue[] } | null)?.dataValues ?? [];
      expect(values.map(({ value, sourceTimestamp }) => [value.value, sourceTimestamp?.getTime()])).toEqual([
        ['Execute', start - 600_000],
        ['Held', world.now() - 1000],
        ['Execute', world.now()],
      ]);
    });
  });

  it('lets in user and password over Basic256Sha256, and refuses a wrong password', async () => {
    expect(await login('secret')).toBe('Good');
    await expect(login('wrong')).rejects.toThrow(/BadUserAccessDenied|BadIdentityTokenRejected/);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });
});
