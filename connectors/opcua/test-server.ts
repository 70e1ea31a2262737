/**
 * A small OPC UA server of its own make, run as a child process by the tests: it can be killed, lose its
 * sessions, go bad, and speak PackML or vendor words. Started with `fork`, told by messages, answers each with `{ done }`.
 */
import {
  AccessLevelFlag,
  DataType,
  LogLevel,
  MessageSecurityMode,
  NodeId,
  OPCUACertificateManager,
  OPCUAServer,
  SecurityPolicy,
  StatusCodes,
  VariantArrayType,
  nodesets,
  setErrorLogger,
  setLogLevel,
  setWarningLogger,
  type Namespace,
  type UAAlarmConditionEx,
  type UAObject,
  type UAVariable,
} from 'node-opcua';

export type ServerSetup = {
  port: number;
  pki: string;
  uri: string;
  /** Another namespace registered before: shifts the index of `uri`. */
  before?: string;
  objects: Record<
    string,
    Record<string, { type: 'String' | 'Boolean' | 'Double' | 'UInt32' | 'Int32' | 'Int64'; value: unknown }>
  >;
  /** Source time of the first values; without it, that of the start. */
  at?: number;
  /** Node ids `<root><separator><tag>`. */
  separator?: string;
  anonymous?: boolean;
  /** Keep values for HistoryRead: of all, or of those whose node id ends so. */
  history?: boolean | string[];
};
export type ServerCommand =
  | { do: 'set'; node: string; value: unknown; at?: number; bad?: boolean }
  /** In one turn of the loop, so that no publication falls between them. */
  | { do: 'set together'; values: Record<string, unknown>; at: number }
  | {
      do: 'alarm';
      root: string;
      name: string;
      text: string;
      severity: number;
      active: boolean;
      acknowledged: boolean;
      at: number;
    }
  | { do: 'burst'; node: string; count: number; at: number }
  | { do: 'tick'; nodes: string[]; everyMs: number; times: number }
  | { do: 'drop sessions' }
  | { do: 'sessions' };

/** The library takes the times of a transition, though its types leave them out. */
type TimedBranch = {
  getActiveState(): boolean;
  setActiveState(active: boolean, times: object): void;
  setAckedState(acknowledged: boolean, times: object): void;
};
type Tag = { variable: UAVariable; type: DataType };

const silent = () => {};
setLogLevel(LogLevel.Emergency);
setWarningLogger(silent);
setErrorLogger(silent);

async function serve(setup: ServerSetup) {
  const certificates = new OPCUACertificateManager({
    rootFolder: setup.pki,
    automaticallyAcceptUnknownCertificate: true,
    disableFileWatchers: true,
  });
  await certificates.initialize();
  const server = new OPCUAServer({
    port: setup.port,
    host: '127.0.0.1',
    hostname: '127.0.0.1',
    nodesets: [nodesets.standard],
    serverCertificateManager: certificates,
    userCertificateManager: certificates,
    securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
    securityModes: [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt],
    allowAnonymous: setup.anonymous ?? true,
    userManager: {
      isValidUser: (user: string, password: string) => user === 'andon' && password === 'right',
    },
    maxConnectionsPerEndpoint: 20,
    // The library merges the changes of this many milliseconds (100 by default); here every change counts.
    serverCapabilities: { minSupportedSampleRate: 0 },
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  if (!space) throw new Error('no address space');
  space.installAlarmsAndConditionsService();
  if (setup.before) space.registerNamespace(setup.before);
  const tags = new Map<string, Tag>();
  const objects = new Map<string, UAObject>();
  const namespace = space.registerNamespace(setup.uri);
  build(namespace, setup, tags, objects);
  await server.start();
  return { server, namespace, tags, objects };
}

function build(
  namespace: Namespace,
  setup: ServerSetup,
  tags: Map<string, Tag>,
  objects: Map<string, UAObject>,
) {
  const parent = namespace.addressSpace.rootFolder.objects;
  for (const [root, own] of Object.entries(setup.objects)) {
    const object = namespace.addObject({
      organizedBy: parent,
      browseName: root,
      nodeId: `s=${root}`,
      eventSourceOf: parent.server,
    });
    objects.set(root, object);
    for (const [name, { type, value }] of Object.entries(own)) {
      const nodeId = `${root}${setup.separator ?? '.'}${name}`;
      const kept = setup.history === true || (setup.history || []).some((end) => nodeId.endsWith(end));
      const variable = namespace.addVariable({
        componentOf: object,
        browseName: name,
        nodeId: `s=${nodeId}`,
        dataType: type,
        minimumSamplingInterval: 0,
        ...(kept ? { accessLevel: AccessLevelFlag.CurrentRead | AccessLevelFlag.HistoryRead } : {}),
      });
      if (kept) namespace.addressSpace.installHistoricalDataNode(variable, { maxOnlineValues: 1000 });
      const dataType = DataType[type];
      variable.setValueFromSource(
        { dataType, arrayType: VariantArrayType.Scalar, value },
        StatusCodes.Good,
        new Date(setup.at ?? Date.now()),
      );
      tags.set(nodeId, { variable, type: dataType });
    }
  }
}

function conditions(namespace: Namespace, objects: Map<string, UAObject>) {
  const all = new Map<string, UAAlarmConditionEx>();
  return (command: Extract<ServerCommand, { do: 'alarm' }>) => {
    const source = objects.get(command.root);
    if (!source) return;
    const key = `${command.root}/${command.name}`;
    const condition =
      all.get(key) ??
      namespace.instantiateAlarmCondition('OffNormalAlarmType', {
        browseName: command.name,
        componentOf: source,
        conditionSource: source,
        conditionName: command.name,
        inputNode: NodeId.nullNodeId,
        optionals: ['ActiveState.TransitionTime'],
      });
    all.set(key, condition);
    const time = new Date(command.at);
    const branch = condition.currentBranch() as unknown as TimedBranch;
    const timed = { transitionTime: time, effectiveTransitionTime: time };
    if (branch.getActiveState() !== command.active) branch.setActiveState(command.active, timed);
    branch.setAckedState(command.acknowledged, timed);
    condition.raiseNewCondition({
      message: command.text,
      severity: command.severity,
      quality: StatusCodes.Good,
      retain: command.active,
      time,
      receiveTime: time,
    } as never);
  };
}

async function main(setup: ServerSetup): Promise<void> {
  const { server, namespace, tags, objects } = await serve(setup);
  const raise = conditions(namespace, objects);
  const set = (node: string, value: unknown, at: number, bad = false) => {
    const tag = tags.get(node);
    tag?.variable.setValueFromSource(
      { dataType: tag.type, arrayType: VariantArrayType.Scalar, value },
      bad ? StatusCodes.BadSensorFailure : StatusCodes.Good,
      new Date(at),
    );
  };
  const act = async (command: ServerCommand): Promise<unknown> => {
    if (command.do === 'set') set(command.node, command.value, command.at ?? Date.now(), command.bad);
    else if (command.do === 'set together')
      for (const [node, value] of Object.entries(command.values)) set(node, value, command.at);
    else if (command.do === 'alarm') raise(command);
    else if (command.do === 'sessions') return server.engine.currentSessionCount;
    else if (command.do === 'burst')
      for (let n = 1; n <= command.count; n += 1) {
        set(command.node, n, command.at + n);
        await new Promise((resolve) => setImmediate(resolve)); // values of one turn of the loop are merged
      }
    else if (command.do === 'tick') return tick(command, set);
    else
      for (const session of server.engine.getSessions())
        server.engine.closeSession(session.authenticationToken, true, 'Terminated');
    return null;
  };
  process.on('message', (command: ServerCommand) => {
    void act(command).then((done) => process.send?.({ done }));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port: server.endpoints[0]?.port });
}

/** Every node gets a new value every `everyMs`, `times` times; returns how many values were set. */
async function tick(
  { nodes, everyMs, times }: Extract<ServerCommand, { do: 'tick' }>,
  set: (node: string, value: unknown, at: number) => void,
): Promise<number> {
  const began = performance.now();
  for (let n = 1; n <= times; n += 1) {
    const at = Date.now();
    for (const node of nodes) set(node, n, at);
    const rest = began + n * everyMs - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, rest)));
  }
  return nodes.length * times;
}

const given = process.argv[2];
if (given) await main(JSON.parse(given) as ServerSetup);
