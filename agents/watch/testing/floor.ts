/** Two lines, a board that says what it is told, and the watch over them: everything real but the surface. */
import { recordBatch } from '../../../memory/floor/record-batch.ts';
import type { Memory } from '../../../memory/open.ts';
import { openTestMemory } from '../../../memory/test-database.ts';
import { plant as plantSchema } from '../../../plant/equipment.ts';
import type { AlertMessage, Message } from '../../../plant/message.ts';
import type { Person } from '../../../plant/person.ts';
import { plantRecord, type PlantRecord } from '../../../plant/record.ts';
import type { SourceHealth } from '../../../plant/source.ts';
import type { MessagePlace, OpenSurface } from '../../../plant/surface.ts';
import { iso, type Millis } from '../../../plant/time.ts';
import stop from '../detectors/stop.ts';
import { openMessages } from '../messages.ts';
import { measureOutcomes } from '../outcomes.ts';
import { openPress } from '../press.ts';
import { reconcile } from '../reconcile.ts';
import { openTell } from '../tell.ts';

const line = (n: number) => ({
  id: `line-${n}`,
  name: `Line ${n}`,
  reference: `line-${n}.packer`,
  stopLimitS: 60,
  machines: [
    { id: `line-${n}.filler`, name: 'Filler', class: 'filler' },
    { id: `line-${n}.packer`, name: 'Packer', class: 'packer' },
  ],
  flow: [{ from: `line-${n}.filler`, to: `line-${n}.packer`, capacity: 20 }],
});
export const plant = plantSchema.parse({
  id: 'north',
  name: 'North',
  timezone: 'Europe/Berlin',
  lines: [line(1), line(2)],
});
export const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [] };
export const visitor: Person = { id: 'vi', name: 'Vi', role: 'viewer', lines: [] };
/** 10:00 in Berlin. */
export const start = Date.parse('2026-11-18T09:00:00Z');
export const minute = 60_000;

/** A surface that keeps what it was told. `trouble` is thrown instead, where it is not null. */
type Board = OpenSurface & {
  said: { message: Message; place: string; at: MessagePlace | null }[];
  trouble: Error | null;
  known: Map<string, MessagePlace>;
};
export function openBoard(id = 'board', place = 'hall'): Board {
  const board: Board = {
    id,
    said: [],
    trouble: null,
    known: new Map(),
    placesFor: () => [place],
    async tell(message, where, at) {
      if (board.trouble) throw board.trouble;
      board.said.push({ message, place: where, at });
      const copy = at ?? { surface: id, place: where, id: `copy-${board.said.length}` };
      board.known.set(message.key, copy);
      return copy;
    },
    find: async (key) => board.known.get(key) ?? null,
    close: async () => undefined,
  };
  return board;
}

export type Floor = Awaited<ReturnType<typeof openFloor>>;

export async function openFloor() {
  const floor = { now: start };
  const clock = () => floor.now;
  const memory: Memory = await openTestMemory({ clock });
  const board = openBoard();
  const surfaces: OpenSurface[] = [board];
  const logged: string[] = [];
  const log = (sentence: string) => void logged.push(sentence);
  const look = { db: memory.pool, plant, health: () => [upAt(floor.now)], people: [], log };

  /** As one process has them; two of them are two Andons on one memory. */
  function parts() {
    const messages = openMessages(look, clock);
    const changed = () => messages.forget();
    const tell = openTell({ look, messages, surfaces: () => surfaces, clock, changed });
    const press = openPress({ memory, look, tell, clock, changed });
    const chosen = { name: 'stop', detector: stop, options: stop.options.parse({}) };
    const turn = async () => {
      await reconcile(look, chosen, tell, floor.now);
      await measureOutcomes(memory, floor.now, log);
      await tell.dispatch();
    };
    return { turn, tell, press };
  }

  const record = (...records: PlantRecord[]) =>
    recordBatch(
      memory.pool,
      { source: 'machines', records, readings: [], minutes: [], checkpoint: null },
      floor.now,
    );
  const states = (...list: Parameters<typeof stateOf>[]) => record(...list.map((one) => stateOf(...one)));
  const alarm = (text: string, time: Millis, machine = 'line-1.filler') =>
    record(alarmOf(text, time, machine));
  return {
    memory,
    board,
    surfaces,
    logged,
    look,
    clock,
    parts,
    states,
    alarm,
    set: (time: Millis) => void (floor.now = time),
    /** The filler holds at `time`, the packer starves a little later. */
    async fillerHolds(time: Millis, on = 'line-1') {
      const [filler, packer] = [`${on}.filler`, `${on}.packer`];
      await states([filler, 'Execute', time - 60 * minute], [packer, 'Execute', time - 60 * minute]);
      await alarm('Jam at infeed', time - 1_000, filler);
      await states([filler, 'Held', time], [packer, 'Suspended', time + 10_000, 'starved']);
    },
    runsAgain: (time: Millis, on = 'line-1') =>
      states([`${on}.filler`, 'Execute', time - 5_000], [`${on}.packer`, 'Execute', time]),
    last: () => board.said.at(-1)?.message as AlertMessage,
    close: () => memory.close(),
  };
}

const upAt = (now: Millis): SourceHealth => ({
  source: 'machines',
  system: 'OPC UA',
  state: 'up',
  lastOkAt: iso(now),
  lastRecordAt: iso(now),
  clockOffsetMs: 0,
  problem: null,
});

const recordAt = (equipment: string, time: Millis) => ({
  source: 'machines',
  key: `${equipment}@${iso(time)}`,
  equipment,
  at: iso(time),
  observedAt: iso(time),
});

const stateOf = (machine: string, state: string, time: Millis, waiting: string | null = null): PlantRecord =>
  plantRecord.parse({ kind: 'state', ...recordAt(machine, time), state, raw: state, waiting });

const alarmOf = (text: string, time: Millis, machine: string): PlantRecord =>
  plantRecord.parse({
    kind: 'alarm',
    ...recordAt(machine, time),
    alarm: 'A7',
    text,
    severity: 700,
    active: true,
  });
