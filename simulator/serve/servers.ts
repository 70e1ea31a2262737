import { join } from 'node:path';
import type { Batch } from '../../plant/record.ts';
import type { Addresses, Credentials } from '../protocol.ts';
import type { AlarmChange, World } from '../world.ts';
import type { HttpServer } from './http.ts';
import { openNotes } from './notes.ts';
import { serveOpcua, type OpcuaServer } from './opcua.ts';
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

/** Every server of the plant, on free ports of 127.0.0.1; a server that is stopped and started again keeps its port. */
export async function openServers(world: World, folder: string, credentials: Credentials): Promise<Servers> {
  const active = new Map<string, AlarmChange>();
  const note = (change: AlarmChange): void => {
    const key = `${change.machine}/${change.alarm}`;
    if (change.active) active.set(key, change);
    else active.delete(key);
  };
  const notes = await openNotes(join(folder, 'notes.csv'));
  let live = false;
  const startOpcua = (port: number): Promise<OpcuaServer> =>
    serveOpcua(world, {
      folder: join(folder, 'opcua'),
      port,
      user: credentials.user,
      password: credentials.password,
      active: live ? active.values() : [],
    });
  const startErp = (port: number): Promise<HttpServer> =>
    serveSap(world, { port, user: credentials.erpUser, password: credentials.erpPassword });
  let erp: HttpServer | null = await startErp(0);
  const mes = await servePlex(world, { port: 0, apiKey: credentials.mesKey });
  let opcua: OpcuaServer | null = await startOpcua(0);
  const ports = { opcua: opcua.port, erp: erp.port };

  return {
    addresses: { opcua: opcua.url, erp: erp.url, mes: mes.url, notes: join(folder, 'notes.csv') },
    remember(past) {
      if (!('records' in past)) return past.forEach(note);
      for (const record of past.records)
        if (record.kind === 'alarm' && record.equipment !== null)
          note({
            machine: record.equipment,
            alarm: record.alarm,
            text: record.text,
            severity: record.severity,
            active: record.active,
            acknowledged: record.acknowledged ?? !record.active,
            at: Date.parse(record.at),
          });
    },
    async goLive() {
      live = true;
      opcua?.push([...active.values()]);
      await notes.write(world.notes);
    },
    async afterStep() {
      const changes = world.takeAlarms();
      for (const change of changes) note(change);
      opcua?.push(changes);
      await notes.write(world.notes);
    },
    opcua: {
      start: async () => void (opcua ??= await startOpcua(ports.opcua)),
      async stop() {
        const stopping = opcua;
        opcua = null;
        await stopping?.close();
      },
      dropSessions: () => opcua?.dropSessions() ?? 0,
    },
    erp: {
      start: async () => void (erp ??= await startErp(ports.erp)),
      async stop() {
        const stopping = erp;
        erp = null;
        await stopping?.close();
      },
    },
    status: () => ({ opcua: opcua !== null, erp: erp !== null, sessions: opcua?.sessions() ?? 0 }),
    async close() {
      await Promise.all([opcua?.close(), erp?.close(), mes.close()]);
    },
  };
}
