import type { Words } from './words.ts';
import { temp } from './words.ts';

const thing =
  '(kartusche\\w*|zufuhrtopf|\\w*topf|\\w*trichter|\\w*bunker|\\w*spule|\\w*bobine|\\w*kleber|klebstoff|schrauben\\w*|tube\\w*|pulver|fass|\\w*rolle|\\w*schachtel\\w*|beipack\\w*|granulat|zwischenlage\\w*|tray\\w*|draht|garn|lotpaste)';

/** German beside what stands with the cues. */
export const de: Words = {
  jam: [
    'verstopf',
    'eingeklemmt',
    'festgefahren',
    'verkeilt',
    'umgekippt',
    'steckt (fest|im|in)',
    'stecken ?geblieben',
    '(einlauf|zulauf|zufuhr\\w*|aufgabe)( \\w+){0,2} blockier',
  ],
  drive: [
    `\\w+motor(?!\\w*( \\w+){0,3} ?${temp})`,
    '\\w*achse(?! frei)',
    'drehmoment(uberschreit|grenze|begrenz|uberwach)',
    'uberdrehmoment',
    'motorstrom (zu )?hoch',
    'kette (gerissen|gesprungen|ab)',
    'kettenriss',
    'wellenbruch',
    '\\w+uberlast',
  ],
  sensor: [
    '(teil|bauteil|produkt|werkstuck) (nicht erkannt|fehlt am)',
    'signal (unplausibel|instabil)',
    'lichtleiter',
    '(druck|schnitt|register|passer)mark',
    'reflektor',
  ],
  comms: [
    '(keine|verlust|ausfall)( der)? kommunikation(?!s?(fehler|stor))',
    '(busknoten|knoten|klemme|koppler|ventilinsel)( \\w+){0,3} (fehlt|weg|ausgefallen|gestort|nicht|offline)',
    'e a (modul|baugruppe|insel)',
    '(gerate|stations|teilnehmer)ausfall',
    'sps (stop|ausfall)',
    '(draht|kabel|leitungs)bruch',
  ],
  safety: [
    '(haube|klappe|ture?n?)( \\w+){0,2} (offen|auf|geoffnet)',
    'lichtgitter',
    'trittmatte',
    'zweihand',
    'schutzfeld',
    'not ?stopp',
  ],
  cold: [
    `\\w*${temp}( \\w+){0,2} (unter|zu niedrig|zu tief|zu gering|nicht erreicht)`,
    'heiz(stab|patrone|kreis|element)',
    'nicht auf temperatur',
  ],
  hot: [`\\w*${temp}( \\w+){0,2} (uber|zu hoch|uberschritten)`, 'lauft warm', 'lufterausfall'],
  leak: [
    'leckage',
    'leckt',
    'tropf',
    'unterdosier',
    'mindergewicht',
    'full(hohe|menge) (zu|unter|abweich)',
    'dosier\\w* (abweich|zu gering)',
  ],
  rejects: ['auswurf', 'ausschleus', 'ausleit', 'schlechtserie', '\\w+ausschuss'],
  empty: [
    `${thing}( \\w+){0,2} (leer|fehl|alle\\b|ende|aus\\b|mangel)`,
    `(kein\\w*|leer\\w*|fehlend\\w*) ${thing}`,
  ],
  shortage: [
    'rohmaterial (fehlt|leer)',
    'kein rohstoff',
    'nachschub',
    'lieferant\\w*( \\w+){0,2} (verspat|fehlt|kommt nicht)',
    'fehlteile',
    'bestand (null|leer|aufgebraucht)',
  ],
  badLot: [
    'neue rolle',
    '(neuer|anderer|schlechter) lieferant',
    'lieferantenwechsel',
    'ausser (toleranz|spez)',
  ],
  noRead: ['nicht gelesen', 'unleserlich'],
  mismatch: [
    'code( \\w+)? (ungultig|unbekannt|abweich)',
    '(code|etikett|material|charge|artikel|sorte)\\w*( \\w+)? stimmt nicht',
    'vertauscht',
  ],
  nobody: ['warte\\w* auf bediener', 'kein bediener'],
  hold: ['sperrung', 'quarantane'],
  control: [
    '(dichtheits|leck)prufung',
    'prufstab',
    'metalldetekt',
    'fremdmetall',
    'prufung( \\w+)? (nicht bestanden|fehlgeschlagen)',
  ],
  server: [
    '(bestatigung|ruckmeldung|seriennummer\\w*)( \\w+){0,2} (fehlt|fehlen|aus\\b|nicht)',
    'server( \\w+){0,2} (nicht|weg|aus)',
  ],
  air: ['luft(druck)?( \\w+)? (fehlt|niedrig|zu gering|unter|weg|abgefallen)'],
  power: ['netzeinbruch', 'spannung (fehlt|weg|unter)'],
  cooling: ['kalte(anlage|maschine|satz|mittel)', 'solevorlauf', 'verdampfer', 'ruckkuhl'],
  dispatch: ['(verladung|lagerbahn|palettenbahn|endstelle)( \\w+){0,2} (voll|belegt|blockiert|steht)'],
  upstream: [
    '(teig|milch|wurze|masse|ansatz|sud|vorprodukt)( \\w+){0,3} (nicht (fertig|frei|bereit)|fehlt|verspatet|noch nicht)',
  ],
  cleaning: ['wasch(en|gang|programm)', 'desinf', '\\w*spulung'],
  starved: [
    'warte\\w* auf (zulauf|material vom|vormaschine)',
    'vormaschine (steht|stopp)',
    'leerlauf einlauf',
  ],
  blocked: [
    'folgemaschine (steht|stopp|voll)',
    'warte\\w* auf (abtransport|auslauf|folgemaschine)',
    '\\w*(puffer|speicher(tisch|band|strecke)) voll',
  ],
};
