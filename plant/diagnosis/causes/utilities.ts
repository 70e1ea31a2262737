import type { Cause, Expectation } from '../cause.ts';
import { finding, noteSays, shows, signalMoves, wordsOf } from '../expect.ts';
import { cue } from '../words.ts';

const air = cue(
  '(compressed |instrument |supply |plant )?air( \\w+){0,2} (low|pressure|supply|loss|fail|missing|weak|gone|down|drop)',
  '(low|no|loss of|insufficient|missing|weak) (compressed |instrument |supply |plant )?(air|pneumatic)',
  '(control|instrument|service|pilot|plant|line|supply|compressed|pneumatic) air( \\w+){0,3} (below|under|insufficient|min\\w*|out|not|off)',
  'air (below|under|insufficient)',
  '(steuer|press)luft',
  'pneumati[ck]',
  'neumatica',
  'presostato',
  'compressor',
  'pressure (switch|low|drop)',
  'low pressure',
  '(druckluft|luftdruck|luft fehlt|luft weg|kompressor|druck (zu )?(niedrig|gering))',
  '(aire( comprimido)?|presion( de aire)?( \\w+)? (baj|insuf)|baja presion|compresor|neumatic)',
);
const power = cue(
  'power (dip|fail|loss|out|supply|down|cut)',
  'loss of power',
  'under ?voltage',
  'mains',
  'phase (loss|fail)',
  'brown ?out',
  'blackout',
  'voltage',
  'ups\\b',
  '\\w*spannung(?!\\w*( \\w+)? (an|ein)\\b)',
  'stromausfall',
  'netzausfall',
  'phasenausfall',
  'corte de (luz|corriente)',
  'tension',
  'fallo de red electrica',
);
const cooling = cue(
  'cool(ing|ant)?( \\w+)? (water|temp|flow|warm|high|fail|low)',
  'chill',
  'glycol',
  'water( \\w+)? (warm|temp|hot)',
  'kuhl',
  'refriger',
  'agua (fria|caliente)',
);

/** Machines that share the utility and came to stand within seconds: two may be chance, three hardly. */
const atOnce = (weight: number): Expectation =>
  shows('place', weight, 'several machines at the same moment', (scene, { origin }) => {
    if (origin.kind !== 'utility') return [];
    const records = origin.hit.flatMap((machine) => {
      const stand = scene.floor.stands
        .get(machine)
        ?.find((one) => Math.abs(one.from - origin.onset) < 30_000);
      return stand ? [stand.span.record] : [];
    });
    return [finding(scene, records, records.length >= 3 ? 1 : 0.6)];
  });

export const utilityCauses: readonly Cause[] = [
  {
    id: 'compressed_air_low',
    class: 'utilities',
    scope: { utility: 'compressed_air' },
    words: () => 'compressed air pressure that fell too low',
    check: () => 'read the pressure at the compressor and at the line, and ask what else took air then',
    evidence: [
      signalMoves(
        { measure: 'pressure', direction: 'down', z: 5, beforeS: 90, afterS: 30 },
        3,
        'a dip of the air pressure',
        2,
      ),
      ...wordsOf(air, 2.5, 'an alarm of low air pressure', 0.5),
      atOnce(1.2),
    ],
  },
  {
    id: 'power_dip',
    class: 'utilities',
    scope: { utility: 'power' },
    words: () => 'a dip of the power supply',
    check: () => 'look at the log of the power supply for a dip at that moment',
    evidence: [
      ...wordsOf(power, 2.5, 'an alarm of the power supply', 1),
      atOnce(1.2),
      shows('gap', 1.2, 'data of several sources missing at once', (scene) => {
        const gaps = scene.all('gap').filter((gap) => Math.abs(Date.parse(gap.from) - scene.from) < 60_000);
        return gaps.length >= 2 ? [finding(scene, gaps.slice(0, 2))] : [];
      }),
    ],
  },
  {
    id: 'cooling_warm',
    class: 'utilities',
    scope: { utility: 'chilled_water' },
    words: () => 'cooling water that was too warm',
    check: () => 'read the temperature of the cooling water at the line and at the chiller',
    evidence: [
      signalMoves(
        { measure: 'temperature', direction: 'up', z: 5, beforeS: 1200, afterS: 30 },
        3,
        'warm cooling water',
        1.5,
      ),
      ...wordsOf(cooling, 2, 'an alarm of the cooling', 1),
      atOnce(0.6),
      noteSays(cooling),
    ],
  },
];
