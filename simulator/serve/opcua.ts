import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OPCUAServer } from 'node-opcua';
import type { AlarmChange, World } from '../world.ts';
import { openConditions } from './opcua-alarms.ts';
import { buildNodes } from './opcua-nodes.ts';

export const opcuaNamespace = 'urn:andon:demo-plant';

type OpcuaOptions = {
  /** Keeps the server's key and certificate from start to start (0700). */
  folder: string;
  /** 0: any free port. */
  port: number;
  user: string;
  password: string;
  /** Alarms that are on when the server comes up. */
  active: Iterable<AlarmChange>;
};
export type OpcuaServer = {
  url: string;
  port: number;
  sessions(): number;
  /** Hands what changed in the world since the last call to everybody who listens. */
  push(changes: readonly AlarmChange[]): void;
  /** Forgets every session as a server does that crashed inside: clients get BadSessionIdInvalid. */
  dropSessions(): number;
  close(): Promise<void>;
};

/**
 * The machines of the plant over OPC UA on 127.0.0.1: namespace `urn:andon:demo-plant`, event-based values
 * (`minimumSamplingInterval: 0`), alarms and conditions, history of states since the server came up, security None
 * and Basic256Sha256 SignAndEncrypt.
 */
export async function serveOpcua(world: World, options: OpcuaOptions): Promise<OpcuaServer> {
  const opcua = await import('node-opcua');
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  await chmod(options.folder, 0o700);
  const certificates = new opcua.OPCUACertificateManager({
    rootFolder: join(options.folder, 'pki'),
    // A demo plant lets every client in; its clients are the ones that must be careful.
    automaticallyAcceptUnknownCertificate: true,
  });
  await certificates.initialize();
  const server = new opcua.OPCUAServer({
    port: options.port,
    host: '127.0.0.1',
    hostname: '127.0.0.1',
    nodesets: [opcua.nodesets.standard],
    serverCertificateManager: certificates,
    userCertificateManager: certificates,
    serverInfo: {
      applicationUri: `${opcuaNamespace}:server`,
      productUri: opcuaNamespace,
      applicationName: { text: 'Demo plant' },
    },
    securityPolicies: [opcua.SecurityPolicy.None, opcua.SecurityPolicy.Basic256Sha256],
    securityModes: [opcua.MessageSecurityMode.None, opcua.MessageSecurityMode.SignAndEncrypt],
    allowAnonymous: true,
    userManager: {
      isValidUser: (user: string, password: string) => user === options.user && password === options.password,
    },
    maxConnectionsPerEndpoint: 50,
    serverCapabilities: { maxSessions: 50 },
    isAuditing: false,
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  if (!space) throw new Error('The OPC UA server came up without an address space.');
  // Without this the methods of conditions, ConditionRefresh among them, answer BadInternalError.
  space.installAlarmsAndConditionsService();
  const namespace = space.registerNamespace(opcuaNamespace);
  const nodes = buildNodes(opcua, namespace, world);
  // Process values are not historised: with 300 of them at one value a second, ten minutes would cost 40 MB.
  for (const state of nodes.states) space.installHistoricalDataNode(state, { maxOnlineValues: 1000 });
  const conditions = openConditions(opcua, namespace, nodes.machines);
  for (const change of options.active) conditions.raise(change);
  await server.start();
  return running(opcua, server, nodes.push, conditions.raise);
}

function running(
  opcua: typeof import('node-opcua'),
  server: OPCUAServer,
  pushValues: () => void,
  raise: (change: AlarmChange) => void,
): OpcuaServer {
  const port = server.endpoints[0]?.port ?? 0;
  return {
    url: `opc.tcp://127.0.0.1:${port}`,
    port,
    sessions: () => server.engine.currentSessionCount,
    push(changes) {
      pushValues();
      for (const change of changes) raise(change);
    },
    dropSessions() {
      const sessions = server.engine.getSessions();
      for (const session of sessions)
        server.engine.closeSession(session.authenticationToken, true, 'Terminated');
      return sessions.length;
    },
    close: () => server.shutdown(0),
  };
}
