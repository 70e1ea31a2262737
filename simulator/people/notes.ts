import type { Millis } from '../../plant/time.ts';
import type { DiaryEntry } from '../physics/ledger.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';
import type { NoteRow } from '../world.ts';

/** What people say about work they did with their own hands, by the obstacle they found. `{m}`: the machine, `{x}`: what was missing. */
const phrases: Readonly<Record<string, readonly string[]>> = {
  jam: [
    '{m} jammed, cleared',
    'jam at {m} infeed, took 3 pcs out by hand',
    '{m}: crash at the infeed, all good again',
    'Stau am {m} Einlauf, beseitigt',
    'pulled a wedged one out of the {m}',
  ],
  drive: [
    '{m} drive gave up, maint changed bearing',
    '{m} motor tripped, was making noise since morning',
    'called maint for {m}, gearbox hot',
    '{m} Antrieb ausgefallen, Instandh. war da',
  ],
  empty: [
    'no {x} at {m}, forklift didnt come',
    '{m} ran out of {x}, waited for FLT',
    'waiting on {x}... again. plenty in the warehouse',
    '{x} leer, Stapler zu spät',
  ],
  air: ['no air on {m}, waited til it came back', 'air gone, half the hall stood', 'Druckluft weg'],
  host: [
    '{m} wouldnt print, screen said waiting',
    'labels: no connection, IT phoned',
    '{m} hung, no data from the server',
  ],
  supply: [
    'nothing to run, {x} out of stock',
    'no {x} in the house, truck not here yet',
    'waiting for {x} delivery',
  ],
  dock: ['no place for pallets, truck late', 'dock full, nothing moves', 'Rampe voll, LKW fehlt'],
  hold: [
    'QA stopped us, lot {x} blocked',
    'batch on hold, lab has to look',
    'waiting for release from quality',
  ],
  setup: [
    'changeover took ages, parts set not there',
    'format parts were in the workshop',
    'waited for tools, then ok',
  ],
};

type Writing = { at: Millis; line: string; machine: string | null; kind: string; x: string };

/** Notes by the time at which they are written. */
type Notebook = {
  notes: NoteRow[];
  drafts: Writing[];
  /** What a line waits for, and since when. */
  waiting: Map<string, { kind: string; from: Millis; x: string }>;
  lastNumber: number;
  floor: Floor;
  rng: Random;
};

export function openNotes(floor: Floor, rng: Random) {
  const book: Notebook = {
    notes: [],
    drafts: [],
    waiting: new Map(),
    lastNumber: rng.whole(2000, 6000),
    floor,
    rng,
  };
  return {
    notes: book.notes as readonly NoteRow[],
    step(line: LineSim, t: Millis, diary: readonly DiaryEntry[]): void {
      for (const entry of diary) hearOfWork(book, entry);
      watch(book, line, t);
      for (const due of book.drafts.filter((one) => one.line === line.id && one.at <= t)) {
        book.drafts.splice(book.drafts.indexOf(due), 1);
        write(book, due);
      }
    },
  };
}

/** What took two and a half minutes to clear is worth a note. */
function hearOfWork(book: Notebook, entry: DiaryEntry): void {
  if (entry.what !== 'cleared' || entry.at - entry.from < 150_000) return;
  const { machine } = book.floor.byId.get(entry.machine) ?? {};
  const x = machine?.of.consumable?.noun.toLowerCase() ?? '';
  draft(book, { at: entry.at, line: entry.line, machine: entry.machine, kind: entry.trip, x });
}

/** What a line waited for longer than three minutes is noted when it is over. */
function watch(book: Notebook, line: LineSim, t: Millis): void {
  const now = waitsFor(line, book.floor.now);
  const before = book.waiting.get(line.id);
  if (before && before.kind !== now?.kind) {
    book.waiting.delete(line.id);
    if (t - before.from > 180_000)
      draft(book, { at: t, line: line.id, machine: null, kind: before.kind, x: before.x });
  } else if (now && !before) book.waiting.set(line.id, { ...now, from: t });
}

/** What the line as a whole waits for, as anybody standing there can see. */
function waitsFor(line: LineSim, now: Millis): { kind: string; x: string } | null {
  if (line.phase.name === 'hold') return { kind: 'hold', x: line.lot.id };
  if (line.phase.name === 'setup' && now > line.phase.readyAt + 300_000) return { kind: 'setup', x: '' };
  const main = line.warehouse[0];
  if (line.machines[0]?.starved && main && main.quantity < 1)
    return { kind: 'supply', x: main.description.toLowerCase() };
  if (line.reference.blocked && line.reference.outputs.length === 0) return { kind: 'dock', x: '' };
  return null;
}

/** Half of it is never written down, and some of it is wrong. */
function draft({ drafts, floor, rng }: Notebook, of: Writing): void {
  if (rng.chance(0.5)) return;
  const wrong = rng.chance(0.15);
  const kind = wrong ? rng.pick(Object.keys(phrases).filter((one) => one !== of.kind)) : of.kind;
  const line = floor.lines.find((one) => one.id === of.line);
  const machine = wrong && line && rng.chance(0.5) ? rng.pick(line.machines).id : of.machine;
  drafts.push({ ...of, kind, machine, at: of.at + rng.whole(60, 420) * 1000 });
}

function write(book: Notebook, of: Writing): void {
  const { floor, rng } = book;
  book.lastNumber += rng.whole(1, 4);
  const machine = of.machine ?? floor.lines.find((one) => one.id === of.line)?.machines[0]?.id ?? '';
  const phrase = rng.pick(phrases[of.kind] ?? phrases['jam']!);
  const text = phrase
    .replaceAll('{m}', machine.split('.').at(-1) ?? machine)
    .replaceAll('{x}', of.x || 'stuff');
  book.notes.push({
    id: `N${book.lastNumber}`,
    at: of.at,
    line: of.line,
    machine: rng.chance(0.3) ? null : of.machine,
    role: rng.pick(['operator', 'operator', 'line lead', 'shift lead']),
    text: typo(text, rng),
  });
}

/** Every third note is typed in a hurry. */
function typo(text: string, rng: Random): string {
  if (!rng.chance(0.35) || text.length < 8) return text;
  const i = rng.whole(2, text.length - 3);
  if (rng.chance(0.5)) return text.slice(0, i) + text.slice(i + 1);
  return text.slice(0, i) + (text[i + 1] ?? '') + (text[i] ?? '') + text.slice(i + 2);
}
