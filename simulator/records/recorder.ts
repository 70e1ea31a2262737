import type { PlantRecord } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import { type Changed, delayMs, type Header, type Say } from './header.ts';
import { erpRecords } from './erp.ts';
import { mesRecords } from './mes.ts';
import type { AlarmChange, MachineView, World } from '../world.ts';

/** Source ids as in the YAML: machines over OPC UA, the ERP, the MES, the notes file. */
export type SourceIds = { machines: string; erp: string; mes: string; notes: string };
export const demoSources: SourceIds = { machines: 'machines', erp: 'erp', mes: 'mes', notes: 'notes' };

/** Makes of a world's changes what connectors would make of them, with the same keys and versions. */
export type Recorder = {
  /** Machines (of one line, or all) and systems, as they are now. */
  machines(t: Millis, line?: string): void;
  /** Alarms taken from the world. */
  alarms(t: Millis): void;
  /** ERP, MES and notes, as a poll at `t` finds them. */
  books(t: Millis): void;
  /** What was found since the last call, oldest first. */
  take(): PlantRecord[];
};

export function openRecorder(world: World, ids: SourceIds = demoSources): Recorder {
  let found: PlantRecord[] = [];
  const byLine = new Map<string, MachineView[]>();
  for (const machine of world.machines.values()) {
    byLine.set(machine.line, [...(byLine.get(machine.line) ?? []), machine]);
  }
  const said = new Map<string, string>();
  const raised = new Map<string, Millis>();
  /** Last change of a machine that was looked at already. */
  const looked = new Map<string, Millis>();
  const say: Say = (record) => {
    found.push(record);
  };
  const changed: Changed = (name, value) => {
    if (said.get(name) === value) return false;
    said.set(name, value);
    return true;
  };
  const header: Header = (source, key, version, equipment, at, seen) => ({
    source,
    key,
    version,
    equipment,
    at: iso(at),
    observedAt: iso(Math.max(seen, at)),
    quality: 'good' as const,
  });

  function state(machine: MachineView, t: Millis): void {
    if (machine.since !== undefined && looked.get(machine.id) === machine.since) return;
    if (machine.since !== undefined) looked.set(machine.id, machine.since);
    const waiting = machine.blocked ? 'blocked' : machine.starved ? 'starved' : null;
    if (!changed(machine.id, `${machine.state}|${waiting}|${machine.mode}`)) return;
    const at = Math.min(t, Math.max(machine.since ?? t, (raised.get(machine.id) ?? 0) + 1));
    raised.set(machine.id, at);
    say<'state'>({
      kind: 'state',
      ...header(ids.machines, `${machine.id}@${iso(at)}`, '', machine.id, at, at + delayMs.machines),
      state: machine.state,
      waiting,
      mode: machine.mode,
      raw: machine.state,
      plain: false,
    });
  }

  function alarm(change: AlarmChange): void {
    const name = `${change.machine}/${change.alarm}`;
    const acknowledgement = change.active && change.acknowledged && raised.has(name);
    const at = acknowledgement ? (raised.get(name) ?? change.at) : change.at;
    if (change.active) raised.set(name, at);
    say<'alarm'>({
      kind: 'alarm',
      ...header(
        ids.machines,
        `${name}@${iso(at)}/${change.active ? 'on' : 'off'}`,
        acknowledgement ? iso(change.at) : '',
        change.machine,
        at,
        change.at + delayMs.machines,
      ),
      alarm: change.alarm,
      text: change.text,
      severity: change.severity,
      active: change.active,
      acknowledged: change.acknowledged,
    });
    if (!change.active) raised.delete(name);
  }

  const erp = erpRecords(world, ids.erp, header, say, changed);
  const mes = mesRecords(world, ids.mes, header, say, changed);
  let notes = 0;
  let entries = 0;

  return {
    machines(t, line) {
      for (const [id, machines] of byLine)
        if (line === undefined || id === line) for (const one of machines) state(one, t);
      if (line !== undefined) return;
      for (const system of world.systems.values()) {
        if (!changed(system.id, String(system.connected))) continue;
        say<'system'>({
          kind: 'system',
          ...header(ids.machines, `${system.id}@${iso(t)}`, '', system.id, t, t + delayMs.machines),
          component: system.id,
          event: system.connected ? 'up' : 'down',
          text: '',
        });
      }
    },
    alarms() {
      for (const change of world.takeAlarms()) alarm(change);
    },
    books(t) {
      erp(t);
      mes(t);
      for (const note of world.notes.slice(notes)) {
        say<'note'>({
          kind: 'note',
          ...header(ids.notes, note.id, '', note.machine ?? note.line, note.at, note.at + 3000),
          text: note.text,
          author: note.role,
        });
      }
      notes = world.notes.length;
      for (const entry of (world.ledger ?? []).slice(entries)) {
        const { book, key, version, equipment, at, seen, fact } = entry;
        found.push({ ...header(ids[book], key, version, equipment, at, seen), ...fact } as PlantRecord);
      }
      entries = world.ledger?.length ?? 0;
    },
    take() {
      const taken = found;
      found = [];
      return taken.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    },
  };
}
