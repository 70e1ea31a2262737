import { abroad } from './abroad/index.ts';
import { cue } from '../words.ts';

/** What alarms, notes and reasons say of material. Other languages: `abroad`. */
const things =
  '(cap|closure|crown|cork|lid|label|film|foil|web|reel|roll|bobbin|glue|adhesive|hot ?melt|carton|case|blank|box|ribbon|ink|sleeve|tape|wrap|stretch|pouch|spout|straw|tray|pallet|slip ?sheet|magazine|hopper|chute|dosing|powder|leaflet|screw|component|consumable|material)s?';
const stoff =
  '(\\w*kapp\\w*|\\w*deckel\\w*|verschluss\\w*|\\w*etikett\\w*|\\w*folie\\w*|(etiketten|folien|papier)?rolle\\w*|leim\\w*|karton\\w*|zuschnitt\\w*|\\w*magazin\\w*|band\\w*|farbband|tinte|palett\\w*|material|behalter\\w*)';
const cosa =
  '(tap(a|on)s?|etiqueta\\w*|pelicula|film|bobina\\w*|cola|adhesivo|carton\\w*|caja\\w*|cinta|tinta|palet\\w*|material|tolva|cargador)';
export const empty = cue(
  `${things}( \\w+){0,2} (low|empty|out(?! of (range|tol|spec|pos|step|sync|reg|align))|missing|end|finished|run out|ran out|depleted|exhaust|short|gone|expired)`,
  `(low|empty|out of(?! (range|tol|spec|pos|step|sync|reg|align))|no|missing|end of|lack of|run out of|ran out of|refill|replenish|load|change|waiting for|need) (more )?(the )?${things}(?! (data|server|print|job|info|answer|signal))`,
  `${stoff}( \\w+){0,2} (leer|fehl|alle|ende|aus\\b|mangel|nachfull)`,
  `(kein\\w*|leer\\w*|fehlend\\w*) ${stoff}`,
  '(kappen|deckel|etiketten|folien|rollen|leim|karton)(mangel|ende|leer)',
  `(falta( de)?|sin|no hay|fin de|cambio de) ${cosa}`,
  `${cosa}( \\w+){0,2} (vaci|agotad|acab|baj|falta)`,
  'consumable',
  'nachfull',
  'auffull',
  'min(imum)? level',
  '(?<!(oil|lub\\w*|grease|battery|coolant|water|tank) )level low',
  '(rellenar|reponer) \\w+',
  'nivel minimo',
  'mindest(stand|fullstand)',
  'reel (end|change)',
  'splice',
  ...abroad('empty'),
);
export const shortage = cue(
  'stock ?out',
  'out of stock',
  'shortage',
  'no (more )?(stock|material|component|part|preform|bottle|can|pouch|glass)s?( \\w+){0,3} (in|at|from|left|warehouse|store)',
  'warehouse( \\w+){0,3} (empty|out|none|no more)',
  'material (missing|short|not available|not delivered)',
  'waiting for (material|component|delivery|supplier)',
  'delivery (late|missing)',
  '(materialmangel|fehlteil|kein material|material fehlt|lager leer|lieferung fehlt)',
  '(falta (de )?material|sin (stock|material|existencias)|rotura de stock|almacen vacio|no hay material)',
  ...abroad('shortage'),
);
const goods =
  '(lot|batch|cap|lid|closure|label|film|carton|bottle|can|part|piece|material|product|pouch|web)(e?s)?';
export const badLot = cue(
  'bad (lot|batch|cap|label|film|carton|material)',
  '(out of|not in) (spec\\w*|tolerance)',
  '(cap|lid|label|film|carton|bottle|can|material)s?( \\w+)? (bad|poor|warped|bent|damaged|cracked|sticky)',
  '(schlechte|verbogen|beschadigt|gewellt)\\w*',
  'deform',
  `defective ${goods}`,
  `${goods}( \\w+)? defective`,
  'wrong dimension',
  'oval',
  'brittle',
  '(bad|new|other|another|different|changed?) supplier',
  'supplier( \\w+)? (changed|quality)',
  'new (lot|batch|reel|pallet)',
  'scatter',
  'schlechte charge',
  'verformt',
  'neue charge',
  'lote (malo|nuevo)',
  '(lote|pieza|tapa|tapon|etiqueta|botella|bote|lata|caja|envase|carton|material|producto)(es|s)?( \\w+)? defectuos',
  'deformad',
  ...abroad('badLot'),
);
/** A reader that found nothing to read: a wrong code, or none; also a dirty reader. */
export const noRead = cue(
  'no ?read',
  'read (rate|error|fail)',
  'unreadable',
  '(code|label) (missing|not (read|found))',
  'nicht lesbar',
  'keine lesung',
  'sin lectura',
  'no (leid|legible)',
  'lectura (fallida|erronea)',
  ...abroad('noRead'),
);
export const mismatch = cue(
  'mismatch',
  'wrong (material|label|carton|code|cap|film|product|artwork|lid)',
  '(code|barcode|label|artwork|ean) (reader|check|verif|no ?read|not ok|fail|incorrect|wrong)',
  'no match',
  'pharma ?code',
  '(code|etikett\\w*|material)( ?pruf\\w*)? (n ?i ?o|nio|falsch|fehler)',
  'codeprufung',
  'passt nicht',
  'no corresponde',
  '(wrong|bad) (code|read)',
  'code not ok',
  'lesefehler',
  'lectura (incorrecta|erronea)',
  'codigo (no ok|incorrecto)',
  'verification (fail|error)',
  'not (of|for|in) (this|the) order',
  'bom\\b',
  'wrong (lot|batch|reel|roll|colou?r|size|format|variant|sku)',
  'verwechs',
  'confusion de',
  'falsch\\w* (material|etikett|karton|code|kappe|charge|rolle|folie|deckel|artikel|sorte)',
  'code (falsch|leser)',
  '(material|etiqueta|codigo) (equivocad|incorrect|erroneo)',
  'incorrecto',
  ...abroad('mismatch'),
);
