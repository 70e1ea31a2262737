import type { PlantRecord } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { AlarmChange, MachineView, NoteRow, SystemView, World } from '../world.ts';
import { openErpPoll } from './erp.ts';
import { changed, delayMs, header, type Said } from './header.ts';
import { openMesPoll } from './mes.ts';

/** Source ids as in the YAML: machines over OPC UA, the ERP, the MES, the notes file. */
export type SourceIds = { machines: string; erp: string; mes: string; notes: string };
export const demoSources: SourceIds = { machines: 'machines', erp: 'erp', mes: 'mes', notes: 'notes' };

/** Makes of a world's changes what connectors would make of them, with the same keys and versions. */
export type Recorder = {
  /** Machines (of one line, or all) and systems, as they are now. */
  machines(t: Millis, line?: string): void;
  /** Alarms taken from the world. */
  alarms(): void;
  /** ERP, MES and notes, as a poll at `t` finds them. */
  books(t: Millis): void;
  /** What was found since the last call, oldest first. */
  take(): PlantRecord[];
};

type Recording = {
  source: string;
  found: PlantRecord[];
  said: Said;
  /** Last state of each machine: its time, and the change it was looked at for. */
  stateAt: Map<string, Millis>;
  looked: Map<string, Millis>;
  /** Alarms that are on, by machine and alarm: since when. */
  raised: Map<string, Millis>;
};

export function openRecorder(world: World, ids: SourceIds = demoSources): Recorder {
  const recording: Recording = {
    source: ids.machines,
    found: [],
    said: new Map(),
    stateAt: new Map(),
    looked: new Map(),
    raised: new Map(),
  };
  const byLine = Map.groupBy(world.machines.values(), ({ line }) => line);
  const polls = [
    openErpPoll(world, ids.erp, recording.said),
    openMesPoll(world, ids.mes, recording.said),
    openNotesAndLedger(world, ids),
  ];
  return {
    machines(t, line) {
      for (const [id, machines] of byLine)
        if (line === undefined || id === line) for (const one of machines) recordState(recording, one, t);
      if (line === undefined) for (const one of world.systems.values()) recordSystem(recording, one, t);
    },
    alarms() {
      for (const change of world.takeAlarms()) recordAlarm(recording, change);
    },
    books(t) {
      for (const poll of polls) recording.found.push(...poll(t));
    },
    take() {
      const taken = recording.found;
      recording.found = [];
      return taken.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    },
  };
}

function recordState(recording: Recording, machine: MachineView, t: Millis): void {
  const { source, found, said, stateAt, looked } = recording;
  const { id, since, state, mode } = machine;
  if (since !== undefined && looked.get(id) === since) return;
  if (since !== undefined) looked.set(id, since);
  const waiting = machine.blocked ? 'blocked' : machine.starved ? 'starved' : null;
  if (!changed(said, id, `${state}|${waiting}|${mode}`)) return;
  const at = Math.min(t, Math.max(since ?? t, (stateAt.get(id) ?? 0) + 1));
  stateAt.set(id, at);
  found.push({
    kind: 'state',
    ...header(source, `${id}@${iso(at)}`, '', id, at, at + delayMs.machines),
    state,
    waiting,
    mode,
    raw: state,
    plain: false,
  });
}

function recordSystem({ source, found, said }: Recording, { id, connected }: SystemView, t: Millis): void {
  if (!changed(said, id, String(connected))) return;
  found.push({
    kind: 'system',
    ...header(source, `${id}@${iso(t)}`, '', id, t, t + delayMs.machines),
    component: id,
    event: connected ? 'up' : 'down',
    text: '',
  });
}

/** An acknowledgement is another version of the record that tells when the alarm came. */
function recordAlarm({ source, found, raised }: Recording, change: AlarmChange): void {
  const name = `${change.machine}/${change.alarm}`;
  const since = raised.get(name);
  const acknowledges = change.active && change.acknowledged && since !== undefined;
  const at = acknowledges ? since : change.at;
  const key = `${name}@${iso(at)}/${change.active ? 'on' : 'off'}`;
  const version = acknowledges ? iso(change.at) : '';
  found.push({
    kind: 'alarm',
    ...header(source, key, version, change.machine, at, change.at + delayMs.machines),
    alarm: change.alarm,
    text: change.text,
    severity: change.severity,
    active: change.active,
    acknowledged: change.acknowledged,
  });
  if (change.active) raised.set(name, at);
  else raised.delete(name);
}

/** What was written since the last look. */
function openNotesAndLedger(world: World, ids: SourceIds): () => Generator<PlantRecord> {
  let notes = 0;
  let entries = 0;
  return function* poll() {
    for (const note of world.notes.slice(notes)) yield noteRecord(ids.notes, note);
    notes = world.notes.length;
    for (const entry of (world.ledger ?? []).slice(entries)) {
      const { book, key, version, equipment, at, seen, fact } = entry;
      yield { ...header(ids[book], key, version, equipment, at, seen), ...fact } as PlantRecord;
    }
    entries = world.ledger?.length ?? 0;
  };
}

/** The file of notes is read every few seconds. */
const noteRecord = (source: string, note: NoteRow): PlantRecord => ({
  kind: 'note',
  ...header(source, note.id, '', note.machine ?? note.line, note.at, note.at + 3000),
  text: note.text,
  author: note.role,
});
