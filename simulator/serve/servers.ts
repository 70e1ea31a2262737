import { join } from 'node:path';
import type { Batch } from '../../plant/record.ts';
import { millis } from '../../plant/time.ts';
import type { Addresses, Credentials } from '../protocol.ts';
import type { AlarmChange, World } from '../world.ts';
import { openNotes } from './notes.ts';
import { serveOpcua } from './opcua.ts';
import { servePlex } from './plex.ts';
import { serveSap } from './sap.ts';

export type Servers = {
  addresses: Addresses;
  /** Takes note of alarms of the past, so that those still on are on when the plant goes live. */
  remember(past: Batch | readonly AlarmChange[]): void;
  /** From here on what changes is told; before, the past is only being written down. */
  goLive(): Promise<void>;
  /** After each second of the world. */
  afterStep(): Promise<void>;
  opcua: { start(): Promise<void>; stop(): Promise<void>; dropSessions(): number };
  erp: { start(): Promise<void>; stop(): Promise<void> };
  status(): { opcua: boolean; erp: boolean; sessions: number };
  close(): Promise<void>;
};

/** Alarms that are on, by machine and alarm. */
type ActiveAlarms = Map<string, AlarmChange>;

/** Every server of the plant, on free ports of 127.0.0.1; a server that is stopped and started again keeps its port. */
export async function openServers(world: World, folder: string, credentials: Credentials): Promise<Servers> {
  const { user, password, erpUser, erpPassword, mesKey } = credentials;
  const active: ActiveAlarms = new Map();
  let live = false;
  const notes = await openNotes(join(folder, 'notes.csv'));
  const erp = await openRestartable((port) =>
    serveSap(world, { port, user: erpUser, password: erpPassword }),
  );
  const mes = await servePlex(world, { port: 0, apiKey: mesKey });
  const opcua = await openRestartable((port) => {
    const keys = join(folder, 'opcua');
    return serveOpcua(world, { folder: keys, port, user, password, active: live ? active.values() : [] });
  });
  return {
    addresses: { opcua: opcua.url, erp: erp.url, mes: mes.url, notes: join(folder, 'notes.csv') },
    remember(past) {
      for (const change of 'records' in past ? alarmsIn(past) : past) note(active, change);
    },
    async goLive() {
      live = true;
      opcua.server()?.push([...active.values()]);
      await notes.write(world.notes);
    },
    async afterStep() {
      const changes = world.takeAlarms();
      for (const change of changes) note(active, change);
      opcua.server()?.push(changes);
      await notes.write(world.notes);
    },
    opcua: {
      start: opcua.start,
      stop: opcua.stop,
      dropSessions: () => opcua.server()?.dropSessions() ?? 0,
    },
    erp,
    status: () => ({
      opcua: opcua.server() !== null,
      erp: erp.server() !== null,
      sessions: opcua.server()?.sessions() ?? 0,
    }),
    async close() {
      await Promise.all([opcua.stop(), erp.stop(), mes.close()]);
    },
  };
}

function note(active: ActiveAlarms, change: AlarmChange): void {
  const key = `${change.machine}/${change.alarm}`;
  if (change.active) active.set(key, change);
  else active.delete(key);
}

const alarmsIn = ({ records }: Batch): AlarmChange[] =>
  records.flatMap((record) =>
    record.kind === 'alarm' && record.equipment !== null
      ? {
          machine: record.equipment,
          alarm: record.alarm,
          text: record.text,
          severity: record.severity,
          active: record.active,
          acknowledged: record.acknowledged ?? !record.active,
          at: millis(record.at),
        }
      : [],
  );

type Restartable<T> = {
  url: string;
  /** null while it is stopped. */
  server(): T | null;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** `open`: on a free port where it is 0. */
async function openRestartable<T extends { url: string; port: number; close(): Promise<void> }>(
  open: (port: number) => Promise<T>,
): Promise<Restartable<T>> {
  const first = await open(0);
  let server: T | null = first;
  return {
    url: first.url,
    server: () => server,
    start: async () => void (server ??= await open(first.port)),
    async stop() {
      const stopping = server;
      server = null;
      await stopping?.close();
    },
  };
}
