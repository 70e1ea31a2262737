import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientSession, OPCUACertificateManager, OPCUAClient, StatusCode } from 'node-opcua';
import { AndonError } from '../../plant/errors.ts';
import type { OpcuaOptions } from './options.ts';
import { refusal, type Refused } from './refusal.ts';

type Opcua = typeof import('node-opcua');

export type Connection = {
  opcua: Opcua;
  client: OPCUAClient;
  session: ClientSession;
  namespaces: string[];
  limits: { monitor: number; read: number; browse: number; history: number };
  /** Closes politely, but is back after two seconds whatever the server does. */
  close(): Promise<void>;
};

/** A whole road to the server (TCP, channel, session) takes at most this long. */
const connectMs = 15_000;
/** A server that is gone answers no goodbye. */
const closeMs = 2000;
/** Servers without limits of their own: what was measured to work well (1,000 items per call). */
const chunk = 1000;
/** Of history: each node of a call may come with thousands of values. */
const historyChunk = 100;

/** The library, silent: it prints warnings of its own to the console. */
async function loadOpcua(): Promise<Opcua> {
  const opcua = await import('node-opcua');
  const silent = () => {};
  opcua.setLogLevel(opcua.LogLevel.Emergency);
  opcua.setDebugLogger(silent);
  opcua.setWarningLogger(silent);
  opcua.setErrorLogger(silent);
  return opcua;
}

const pkiFolder = (folder: string) => join(folder, 'pki');

/** Resolves or rejects with `promise`, or rejects after `ms`. */
async function within<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AndonError('unreachable', `${what} took longer than ${ms / 1000} s.`)),
      ms,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function certificates(opcua: Opcua, options: OpcuaOptions, folder: string) {
  const pki = pkiFolder(folder);
  await mkdir(pki, { recursive: true, mode: 0o700 });
  await chmod(pki, 0o700);
  // A manager per connection reads the folder anew, so a certificate moved to trusted/ counts at the next try;
  // its watchers would only do the same with a handle per folder.
  const manager = new opcua.OPCUACertificateManager({
    rootFolder: pki,
    automaticallyAcceptUnknownCertificate: options.trustAny,
    disableFileWatchers: true,
  });
  await manager.initialize();
  return { manager, refused: rememberRefused(manager) };
}

/** The library keeps a certificate it refused to itself; this remembers it for the sentence. */
function rememberRefused(manager: OPCUACertificateManager): () => Refused | null {
  let refused: Refused | null = null;
  const check = manager.checkCertificate.bind(manager) as (
    given: Uint8Array | Uint8Array[],
  ) => Promise<StatusCode>;
  const watched = async (given: Uint8Array | Uint8Array[]): Promise<StatusCode> => {
    const status = await check(given);
    const certificate = Array.isArray(given) ? given[0] : given;
    refused = status.value === 0 || !certificate ? null : { certificate, status: status.name };
    return status;
  };
  manager.checkCertificate = watched as typeof manager.checkCertificate;
  return () => refused;
}

function createClient(opcua: Opcua, options: OpcuaOptions, manager: OPCUACertificateManager): OPCUAClient {
  const secure = options.security !== 'none';
  return opcua.OPCUAClient.create({
    applicationName: 'Andon',
    clientName: 'Andon',
    clientCertificateManager: manager,
    securityMode: secure ? opcua.MessageSecurityMode.SignAndEncrypt : opcua.MessageSecurityMode.None,
    securityPolicy: secure ? opcua.SecurityPolicy.Basic256Sha256 : opcua.SecurityPolicy.None,
    endpointMustExist: false, // behind NAT or a proxy the server does not know its own address
    // The library's own reconnect was seen to die silently (2 of 2 times); the supervisor rebuilds instead.
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 200 },
    requestedSessionTimeout: Math.max(30_000, options.keepAliveMs * 10),
    transportTimeout: connectMs,
    defaultTransactionTimeout: connectMs,
    keepSessionAlive: false, // the subscription's keepalive is the sign of life
  });
}

async function limitsOf(opcua: Opcua, session: ClientSession): Promise<Connection['limits']> {
  const { VariableIds: ids, AttributeIds } = opcua;
  const nodes = [
    ids.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall,
    ids.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead,
    ids.Server_ServerCapabilities_OperationLimits_MaxNodesPerBrowse,
    ids.Server_ServerCapabilities_OperationLimits_MaxNodesPerHistoryReadData,
  ];
  const values: { value: { value: unknown } }[] = await session
    .read(nodes.map((id) => ({ nodeId: `i=${id}`, attributeId: AttributeIds.Value })))
    .catch(() => []);
  const [monitor, read, browse, history] = nodes.map((_, index) => {
    const limit = values[index]?.value.value;
    return typeof limit === 'number' && limit > 0 ? Math.min(limit, chunk) : chunk;
  });
  return {
    monitor: monitor ?? chunk,
    read: read ?? chunk,
    browse: browse ?? chunk,
    history: Math.min(history ?? chunk, historyChunk),
  };
}

/**
 * Channel, session and namespaces of one connection.
 * Throws `AndonError`: `unreachable`, `unauthorised` (user, password) or `bad_upstream` (certificates, no such endpoint).
 */
export async function connect(options: OpcuaOptions, folder: string): Promise<Connection> {
  const opcua = await loadOpcua();
  const { manager, refused } = await certificates(opcua, options, folder);
  const client = createClient(opcua, options, manager);
  let session: ClientSession | null = null;
  const close = async () => {
    const goodbye = (async () => {
      if (session) await client.closeSession(session, true).catch(() => {});
      await client.disconnect().catch(() => {});
      await manager.dispose().catch(() => {});
    })();
    await within(goodbye, closeMs, 'Closing').catch(() => {
      void client.disconnect().catch(() => {});
    });
  };
  try {
    const { user, password } = options;
    await within(client.connect(options.endpoint), connectMs, 'Connecting');
    session = await within(
      client.createSession(
        user === undefined || password === undefined
          ? undefined
          : { type: opcua.UserTokenType.UserName, userName: user, password },
      ),
      connectMs,
      'Signing in',
    );
    const namespaces = await within(session.readNamespaceArray(), connectMs, 'Reading the namespaces');
    const limits = await within(limitsOf(opcua, session), connectMs, 'Reading the limits');
    return { opcua, client, session, namespaces, limits, close };
  } catch (error) {
    await close();
    throw await refusal(error, options, pkiFolder(folder), refused());
  }
}

/** In chunks of `size`, one after the other, results in order. */
export async function inChunks<T, R>(
  all: readonly T[],
  size: number,
  send: (part: T[]) => Promise<R[]>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < all.length; from += size)
    results.push(...(await send(all.slice(from, from + size))));
  return results;
}
