import type { Origin } from './origin.ts';
import { originOf } from './origin.ts';
import type { Floor } from './spread.ts';
import { safety, zone } from '../cues/concepts.ts';
import { mentions } from '../records/words.ts';

/** How much nearer the machine is where the circuit was opened: one names the cord, the other its zone; or only it says something else. Log-odds. */
const nearness = { opened: 2.5, saysElse: 1.5 };

/** One relay drops all machines of a safety circuit within this. */
const relayMs = 2_000;

const plain = (text: string): string => text.replaceAll(/\d+/g, '').trim();
const textsOf = (origin: Origin): string[] => (origin.stand?.alarms ?? []).map(({ text }) => plain(text));

const opened = (text: string): boolean => mentions(text, safety) && !zone.test(text);
const dropped = (text: string): boolean => mentions(text, safety) && zone.test(text);

/**
 * Machines of one safety circuit drop together, each reporting the circuit; the one where it was opened says more
 * than the others do. It goes before them, and stopped them itself, not through the buffers.
 */
export function zoned(floor: Floor, machines: readonly Origin[]): Origin[] {
  const internal = machines.filter(({ stand }) => stand?.kind === 'internal');
  const nearer = (origin: Origin, circuit: readonly Origin[], by: number): Origin => {
    const seeds = circuit.map(({ seed }) => seed);
    const rest = originOf(floor, origin.place, 'machine', seeds, 0)?.path ?? [];
    const [self] = origin.path;
    const path = self && rest[0] && rest[0].machine !== self.machine ? [self, ...rest] : origin.path;
    return { ...origin, points: origin.points + by, path };
  };
  return machines.map((origin) => {
    const circuit = internal.filter((one) => Math.abs(one.onset - origin.onset) <= relayMs);
    if (circuit.length < 2 || !circuit.includes(origin)) return origin;
    const own = textsOf(origin);
    const rest = circuit.filter((one) => one !== origin);
    // One names the cord that was pulled, the other its zone.
    const named = own.some(opened) && rest.some((one) => textsOf(one).some(dropped));
    if (named && !rest.some((one) => textsOf(one).some(opened)))
      return nearer(origin, circuit, nearness.opened);
    if (circuit.length < 3) return origin;
    const others = rest.flatMap(textsOf);
    const shared = others.find((text, index) => text !== '' && others.indexOf(text) !== index);
    if (shared === undefined || own.length === 0 || own.some((text) => others.includes(text))) return origin;
    return nearer(origin, circuit, nearness.saysElse);
  });
}
