import type { Origin } from './origin.ts';
import { originOf } from './origin.ts';
import type { Floor } from './spread.ts';

/** One relay drops all machines of a safety circuit within this. */
const relayMs = 2_000;

const plain = (text: string): string => text.replaceAll(/\d+/g, '').trim();
const textsOf = (origin: Origin): string[] => (origin.stand?.alarms ?? []).map(({ text }) => plain(text));

/**
 * Machines of one safety circuit drop together, each reporting the circuit; the one where it was opened says more
 * than the others do. It goes before them, and stopped them itself, not through the buffers.
 */
export function zoned(floor: Floor, machines: readonly Origin[]): Origin[] {
  const internal = machines.filter(({ stand }) => stand?.kind === 'internal');
  return machines.map((origin) => {
    const circuit = internal.filter((one) => Math.abs(one.onset - origin.onset) <= relayMs);
    if (circuit.length < 3 || !circuit.includes(origin)) return origin;
    const others = circuit.filter((one) => one !== origin).flatMap(textsOf);
    const shared = others.find((text, index) => text !== '' && others.indexOf(text) !== index);
    const own = textsOf(origin);
    if (shared === undefined || own.length === 0 || own.some((text) => others.includes(text))) return origin;
    const seeds = circuit.map(({ seed }) => seed);
    const rest = originOf(floor, origin.place, 'machine', seeds, 0)?.path ?? [];
    const [self] = origin.path;
    const path = self && rest[0] && rest[0].machine !== self.machine ? [self, ...rest] : origin.path;
    return { ...origin, points: origin.points + 1.5, path };
  });
}
