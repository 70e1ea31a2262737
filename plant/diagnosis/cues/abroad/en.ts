import type { Words } from './words.ts';
import { temp } from './words.ts';

const thing =
  '(cartridge|drum|tote|bin|spool|coil|resin|solder|paste|insert|sachet|core|yarn|wire|thread|pulp|preform|strip|strap(ping)?|bag|granul\\w*|feeder|bowl|foam|shaker|gas bottle)s?';

/** English of other trades than bottling and packing. */
export const en: Words = {
  jam: ['clogg', 'plugged', 'bridg(ed|ing)', 'log ?jam', 'wrap ?up', 'lapped'],
  drive: [
    'over ?torque',
    '(torque|motor current|motor load)( \\w+)? (high|limit|exceed|too high|over)',
    'high (torque|motor current)',
    'locked rotor',
    'stalled?\\b',
    'seized',
    'shear pin',
    'clutch',
  ],
  sensor: [
    '(part|piece|product|workpiece|board) not (detected|seen|found|present)',
    'fib(er|re) optic',
    'eye ?mark',
    '(registration|print|cut|register) mark',
  ],
  comms: [
    'e ?net',
    '(link|signal) (lost|down|loss)',
    'no link\\b',
    'watchdog',
    '(i o|rack|cpu) (fault|fail|lost)',
    '(wire|cable) break',
  ],
  safety: [
    'pull ?cord',
    'safe torque',
    'sto active',
    'protective (stop|field)',
    'bump stop',
    '(lid|panel|access) (open|not closed)',
  ],
  cold: [
    `${temp}( \\w+){0,3} (lo|low|below|under|(?<!\\d )min)\\b`,
    `${temp}( \\w+){0,2} <`,
    'burner (fault|fail|out|lock)',
    'flame (fail|lost|out)',
  ],
  hot: [`${temp}( \\w+){0,3} (hi|high|above|over|max)\\b`, `${temp}( \\w+){0,2} >`],
  empty: [
    `${thing}( \\w+){0,2} (low|empty|end|out\\b(?! of)|missing|run out|ran out|finished|exhausted)`,
    `(out of|no|end of|lack of|change|low) ${thing}\\b(?! (data|signal))`,
  ],
  shortage: [
    'no (raw )?material\\b',
    'supplier( \\w+){0,2} (late|delay|missing)',
    'parts? (short|missing from)',
    'no (components|parts)\\b',
  ],
  server: [
    'server',
    'no ack',
    '(serial\\w*|traceab\\w*)( \\w+){0,3} (not|missing|unavail|time|fail|down|exhaust)',
  ],
  cooling: ['refrigerat', 'ammonia', 'brine', 'ice ?water', 'condenser', 'evaporator'],
  upstream: [
    '(milk|wort|beer|sauce|clay|glaze|cream|feed|logs?|ore|mash|stock)( \\w+){0,3} (late|not ready|not released|delayed|none|gone)',
  ],
  starved: ['no feed\\b(?! (24|\\d+ ?v\\b))', 'infeed starv'],
};
