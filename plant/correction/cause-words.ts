/**
 * What people call the causes, in English, German and Spanish; read against words without accents, in lower
 * case. From the particular to the general: the first that fits is meant.
 */
const said: readonly (readonly [cause: string, pattern: RegExp])[] = [
  [
    'changeover_overrun',
    /\b(?:change ?over|setup|set up|umrust\w*|rusten|rustzeit|cambio de (?:formato|producto|lote))\b.*\b(?:long\w*|late|overr\w*|not (?:done|finished)|zu lang\w*|langer|nicht fertig|tardo|largo|demor\w*)\b|\b(?:long|slow|late) (?:change ?over|setup)\b/,
  ],
  ['startup_after_changeover', /\b(?:start ?up|starting up|anlauf\w*|anfahren|arranque)\b/],
  ['changeover_overrun', /\b(?:change ?over|umrust\w*|cambio de formato)\b/],
  ['cleaning_overrun', /\b(?:cleaning|cip|sanitation|reinigung\w*|spulen|limpieza)\b/],
  [
    'waiting_for_maintenance',
    /\b(?:wait\w*|warte\w*|gewartet|esper\w*)\b.*\b(?:maintenance|mechanic|technician|fitter|instandhalt\w*|schlosser|techniker|mantenimiento|mecanico|tecnico)\b/,
  ],
  [
    'no_operator',
    /\b(?:no|missing|without|short of|kein\w*|fehlte\w*|ohne|falt\w*|sin|no habia)\b.{0,20}\b(?:operator|crew|staff|people|one there|personal|bediener|leute|mitarbeiter|operario\w*|operador\w*|gente)\b|\bnobody\b|\bunmanned\b|\bnot covered\b|\bniemand\b|\bunbesetzt\b|\bnadie\b/,
  ],
  ['no_order', /\b(?:no|kein\w*|sin|falt\w*)\b.{0,12}\b(?:order|job|work|auftrag|orden|pedido)\b/],
  [
    'component_stockout',
    /\b(?:out of stock|stock ?out|no stock|not in stock|nicht (?:auf|am) lager|lager leer|kein bestand|sin (?:stock|existencias)|component (?:missing|short\w*)|shortage|fehlteil\w*)\b/,
  ],
  [
    'wrong_material',
    /\bwrong (?:material|caps?|labels?|film|cartons?|bottles?|lot|batch|part|product)\b|\bfalsche\w* (?:material|kappen|deckel|etiketten|folie|charge|teil\w*)\b|\bmaterial (?:equivocado|incorrecto)\b|\b(?:tapas|etiquetas) (?:equivocadas|incorrectas)\b/,
  ],
  [
    'bad_lot',
    /\bbad (?:lot|batch|material|caps?|labels?|bottles?|film)\b|\b(?:deformed|out of (?:spec|tolerance)|defective)\b|\bschlechte\w* (?:charge|material|ware)\b|\bfehlerhaft\w*\b|\blote (?:malo|defectuoso)\b|\bmal lote\b|\bdefectuos\w*\b/,
  ],
  [
    'compressed_air_low',
    /\b(?:no|low|lost|compressed|air) (?:compressed )?(?:air|pressure)\b|\bair\b.*\b(?:low|fell|dropped|gone|lost)\b|\bdruckluft\b|\bluftdruck\b|\baire comprimido\b|\b(?:sin|falta de|bajo) aire\b|\bpresion de aire\b/,
  ],
  [
    'power_dip',
    /\bpower (?:dip|cut|loss|failure|outage|was gone|went)\b|\bbrown ?out\b|\bstromausfall\b|\bspannungs\w*\b|\b(?:no|without) power\b|\b(?:kein|ohne) strom\b|\b(?:sin|no (?:hay|habia)) (?:luz|corriente)\b|\bcorte de luz\b|\bfallo de corriente\b|\bapagon\b/,
  ],
  [
    'cooling_warm',
    /\bcool(?:ing|ant)?\b.{0,12}\bwater\b|\bchill\w*\b|\bkuhlwasser\b|\bkuhlung\b|\bagua de refrigeracion\b|\brefrigeracion\b/,
  ],
  [
    'dispatch_full',
    /\bdispatch\b|\b(?:warehouse|dock|ramp|outfeed area) (?:was |is )?full\b|\bno trucks?\b|\bversand\b|\blager voll\b|\bkein lkw\b|\bmuelle\b|\balmacen lleno\b|\bexpedicion\b/,
  ],
  [
    'upstream_late',
    /\b(?:upstream|process before|blending|mixing|brewhouse|previous process)\b|\bvorprozess\b|\bvorlauf\b|\bproceso anterior\b/,
  ],
  [
    'quality_hold',
    /\bquality (?:hold|block|stop\w*)\b|\bon hold\b|\bblocked by quality\b|\bqs[- ]?sperre\b|\bqualitatssperre\b|\bgesperrt\b|\bretencion\b|\bretenido\b|\bbloqueo de calidad\b|\bcalidad\b/,
  ],
  ['ccp_failed', /\bccp\b|\bmetal detector\b|\bsafety check\b|\bmetalldetektor\b|\bdetector de metales\b/],
  [
    'inspection_drift',
    /\b(?:camera|inspection|vision|checkweigher|scale)\b.*\b(?:drift\w*|reject\w*|wrong)\b|\bfalse rejects?\b|\bkamera\b|\bpseudofehler\b|\bfalsos rechazos\b|\bcamara\b/,
  ],
  [
    'parameter_changed',
    /\b(?:parameter|setting|set ?point|recipe)\b|\beinstellung\w*\b|\bsollwert\w*\b|\brezept\w*\b|\bparametros?\b|\bajustes?\b|\breceta\b/,
  ],
  [
    'safety_stop',
    /\be[ -]?stop\b|\bemergency stop\b|\blight curtain\b|\b(?:guard|door) (?:was |is )?open\w*\b|\bsafety\b|\bnot[ -]?(?:halt|aus)\b|\blichtgitter\b|\bschutztur\b|\bture? (?:war )?offen\b|\bparada de emergencia\b|\bpuerta abierta\b|\bbarrera\b/,
  ],
  [
    'system_no_answer',
    /\b(?:server|printer server|mes|erp|sap|database|label system)\b.*\b(?:down|no answer|not answer\w*|hung|slow|away|crash\w*|tot|antwortet\w*|caido|no respond\w*)\b|\bserver\b|\bservidor\b/,
  ],
  [
    'sensor_outage',
    /\b(?:signals?|values?|data|sensor values)\b.*\b(?:gone|lost|missing|stopped coming)\b|\bsignale? (?:weg|ausgefallen)\b|\bsenales?\b/,
  ],
  [
    'comms_loss',
    /\b(?:lost|no) (?:connection|communication|comms)\b|\b(?:profinet|ethercat|fieldbus|bus|network|plc) (?:fault|error|failure|down)\b|\bcomms?\b|\bverbindung\w*\b|\bbusfehler\b|\bfeldbus\b|\bcomunicacion\b/,
  ],
  [
    'sensor_dirty',
    /\b(?:sensor|photo ?eye|photo ?cell|light barrier|reflector|lichtschranke|lichttaster|initiator|sensor\w*|fotocelula)\b/,
  ],
  [
    'consumable_empty',
    /\bran? out\b|\brun out\b|\bout of (?:caps?|labels?|film|glue|ink|cartons?|boxes|lids?|pallets?|ribbon|foil|closures?|material)\b|\bempty\b|\bno (?:more )?(?:caps?|labels?|film|glue|ink|cartons?|boxes|lids?|pallets?|ribbon|closures?|foil|material)\b|\bleer\b|\bausgegangen\b|\b(?:gingen|ging|waren|war)\b.*\b(?:aus|alle|leer)\b|\bkeine? (?:kappen|deckel|etiketten|folie|leim|kartons?|paletten|verschlusse|material)\b|\bse acab\w*\b|\bse agot\w*\b|\b(?:sin|no (?:hay|habia|quedan?|quedaban?)) (?:tapas|tapones|etiquetas|film|cola|cajas|palets|material)\b|\bvaci[oa]s?\b/,
  ],
  [
    'drive_trip',
    /\b(?:drive|motor|servo|inverter|vfd|gear ?box|belt drive)\b|\boverload\b|\btripp\w*\b|\bantrieb\w*\b|\bumrichter\b|\buberlast\b|\bmotorschutz\b|\bvariador\b|\bsobrecarga\b|\baccionamiento\b/,
  ],
  [
    'temperature_low',
    /\b(?:too cold|cold|not (?:hot|warm) enough|temperature (?:low|too low|fell))\b|\bzu kalt\b|\btemperatur\b.*\b(?:niedrig|tief)\b|\bfri[oa]\b|\btemperatura baja\b/,
  ],
  [
    'overheating',
    /\boverheat\w*\b|\btoo (?:hot|warm)\b|\bbearing\b|\buberhitz\w*\b|\bzu (?:heiss|warm)\b|\blager heiss\b|\bsobrecalent\w*\b|\bcaliente\b/,
  ],
  ['valve_leak', /\bvalves?\b|\bleak\w*\b|\bventile?\b|\bundicht\w*\b|\bleck\w*\b|\bvalvulas?\b|\bfugas?\b/],
  [
    'infeed_jam',
    /\bjam\w*\b|\bstuck\b|\bfallen (?:bottle|can|product)s?\b|\bbacked up\b|\bstau\w*\b|\bklemm\w*\b|\bverklemmt\b|\bumgefallen\w*\b|\batasc\w*\b|\batasco\b|\bbotellas? caidas?\b|\btrabad\w*\b/,
  ],
  ['no_operator', /\b(?:operator|bediener|operario)\b.*\b(?:away|break|absent|weg|pause|ausente|falt\w*)\b/],
  ['waiting_for_maintenance', /\b(?:maintenance|instandhaltung|mantenimiento)\b/],
];

/** Causes that these words name (without accents, lower case), the most particular first; mostly none or one. */
export const causesNamed = (text: string): string[] => {
  const first = said.find(([, pattern]) => pattern.test(text));
  return first ? [first[0]] : [];
};
