import { cue } from '../words.ts';

/** A lot or batch that may be used. */
export const ready = cue(
  'releas',
  'ready',
  'ok\\b',
  'done',
  'finished',
  'complete',
  'in use',
  'available',
  'approved',
  'passed',
  'frei',
  'fertig',
  'verfugbar',
  'liberad',
  'list[oa]',
  'disponible',
  'aprobad',
);
/** Words that take it back: "release pending", "not released", "wartet auf Freigabe". */
export const notReady = cue(
  'pending',
  'await',
  'waiting',
  'not ',
  'un(released|ready|approved)',
  'in (mixing|process|preparation|test)',
  'hold',
  'block',
  'wart',
  'nicht',
  'ausstehend',
  'offen',
  'gesperrt',
  'pendiente',
  'espera',
  'sin liber',
  'no liber',
  'reten',
);

const room = '(full|block|occupied|not free|no space|no room|backed|jammed|not taking|stopp|closed)';
export const dispatch = cue(
  `(discharge|dispatch|exit|outfeed|outlet|unload\\w*|pallet (conveyor|exit|outfeed|track|lane|store))( \\w+){0,2} ${room}`,
  `(dispatch|shipping|warehouse|dock|yard|store|high bay|stretch wrapper|wrapper|asrs|rack|staging|finished goods)( \\w+){0,3} ${room}`,
  'truck',
  'lorry',
  'trailer',
  'carrier late',
  'no (space|room|place)( \\w+){0,3} (dispatch|dock|warehouse|pallet|outfeed|exit)?',
  'pallet(s)? (not (removed|taken|collected)|waiting|removal|pick ?up|piling|stacked up)',
  'waiting for (pallet removal|removal|forklift|fork lift|agv|truck|discharge|pick ?up)',
  'fork ?lift',
  '(versand|rampe|lager|auslauf|palettenplatz|abgabe|hochregal\\w*|ladezone|\\w*abtransport)( \\w+){0,2} (voll|belegt|blockiert|dicht|steht)',
  '(lkw|laster|stapler|palettenabtransport|spediteur|kein platz)',
  '(muelle|expedicion|almacen|salida|anden|playa|descarga)( \\w+){0,3} (llen|bloque|sin (espacio|sitio)|ocupad|complet)',
  '(camion|carretilla|transportista|no hay (sitio|espacio)|sin (sitio|espacio))',
);
const before =
  '(tank|silo|batch|syrup|juice|product|process|brew|dough|mass|mix|blend|bulk|concentrate|slurry|resin)';
export const upstream = cue(
  'mixer',
  'mixing',
  'blend',
  'kettle',
  `${before}( \\w+){0,3} (late|empty|not ready|not released|missing|low|lo\\b|min\\b|delayed|pending|out\\b(?! of))`,
  `(no|low|waiting for|await\\w*) (more )?(mixer|upstream|release|tank|${before})( from)?`,
  'buffer tank',
  'supply tank',
  'upstream',
  'process late',
  '(mischer|mischung|ansatz|charge (nicht|fehlt)|(puffer)?tank( \\w+)? (leer|min|niedrig)|vorprozess|sirup|vorlage leer|vorstufe)',
  '(mezclad|mezcla|tanque|lote (no|pendiente)|jarabe|proceso anterior|deposito (vaci|bajo|min))',
);
