import type { Random } from '../random.ts';

/** Languages and habits of machine makers. `code`: the display shows a number only. */
export type Dialect = 'english' | 'german' | 'spanish' | 'short' | 'code';
const dialects: readonly Dialect[] = ['english', 'english', 'english', 'german', 'spanish', 'short', 'code'];
export const drawDialect = (rng: Random): Dialect => rng.pick(dialects);

type Words = Readonly<Record<Exclude<Dialect, 'code'>, readonly string[]>>;
const words = (english: string[], german: string[], spanish: string[], short: string[]): Words => ({
  english,
  german,
  spanish,
  short,
});

/** How makers word what a controller watches; neighbouring conditions share words, as they do on real displays. `{noun}`: what the magazine holds. */
const wordings: Readonly<Record<string, Words>> = {
  overload: words(
    ['Main drive overload', 'Drive fault', 'Motor circuit breaker', 'Main motor thermal trip'],
    ['Motorschutz Hauptantrieb', 'Antriebsstörung', 'Überlast Hauptmotor'],
    ['Sobrecarga motor principal', 'Fallo de accionamiento', 'Térmico motor'],
    ['MTR OVLD', 'M1 TRIP', 'DRV FLT'],
  ),
  torque_high: words(
    ['Drive load high', 'Main motor load warning', 'Sluggish movement'],
    ['Drehmoment hoch', 'Motorlast Warnung'],
    ['Par alto', 'Aviso carga motor'],
    ['TRQ HI', 'LOAD WRN'],
  ),
  infeed: words(
    ['Jam at infeed', 'Product jam', 'Infeed photocell blocked', 'Sensor B3 covered too long'],
    ['Stau am Einlauf', 'Lichtschranke Einlauf belegt', 'Einlauf blockiert'],
    ['Atasco en entrada', 'Fotocélula de entrada cubierta', 'Entrada bloqueada'],
    ['JAM INF', 'PEC INF BLK', 'INF BLKD'],
  ),
  magazine_low: words(
    ['{noun}: level low', 'Refill magazine soon', 'Minimum level'],
    ['Magazin nachfüllen', 'Füllstand niedrig'],
    ['Nivel bajo', 'Rellenar almacén'],
    ['MAG LO', 'LVL LO'],
  ),
  magazine_empty: words(
    ['{noun} missing', 'Magazine empty', 'No material', 'Feed: nothing picked'],
    ['Magazin leer', 'Kein Material', 'Vorrat leer'],
    ['Almacén vacío', 'Falta material'],
    ['MAG EMPTY', 'NO MATL'],
  ),
  air: words(
    ['Air pressure low', 'Pneumatics not ready', 'Pressure switch P1'],
    ['Luftdruck zu niedrig', 'Druckwächter P1', 'Pneumatik nicht bereit'],
    ['Presión de aire baja', 'Presostato P1'],
    ['AIR LO', 'PS1 OFF'],
  ),
  host: words(
    ['Label data timeout', 'No reply from host', 'Job data missing', 'Communication fault'],
    ['Keine Antwort vom Leitrechner', 'Druckdaten fehlen', 'Kommunikationsstörung'],
    ['Sin respuesta del servidor', 'Faltan datos de trabajo', 'Fallo de comunicación'],
    ['HOST TMO', 'COM FLT', 'NO DATA'],
  ),
  lack: words(
    ['No product at infeed', 'Waiting for product', 'Lack'],
    ['Mangel am Einlauf', 'Wartet auf Produkt'],
    ['Falta producto en entrada', 'Esperando producto'],
    ['LACK', 'INF EMPTY'],
  ),
  tailback: words(
    ['Discharge full', 'Waiting for outfeed', 'Tailback'],
    ['Rückstau Auslauf', 'Auslauf voll'],
    ['Salida llena', 'Acumulación en salida'],
    ['TAILBACK', 'OUTF FULL'],
  ),
  guide: words(
    ['Side guide position', 'Web tension', 'Sensor B14 unstable', 'Product jam'],
    ['Führung Position', 'Sensor B14 instabil', 'Einlauf blockiert'],
    ['Posición de guía', 'Sensor B14 inestable', 'Atasco'],
    ['GUIDE POS', 'B14 UNST', 'INF BLKD'],
  ),
  service: words(
    ['Lubrication due', 'Battery low', 'Service interval reached', 'Filter'],
    ['Schmierung fällig', 'Batterie schwach', 'Wartung fällig'],
    ['Lubricación pendiente', 'Batería baja', 'Mantenimiento'],
    ['SRV DUE', 'BAT LO', 'LUBE'],
  ),
  temp_high: words(
    ['Temperature high', 'Overtemperature', 'Temperature out of band', 'Cabinet or drive warm'],
    ['Temperatur hoch', 'Übertemperatur', 'Temperatur außer Toleranz'],
    ['Temperatura alta', 'Temperatura fuera de rango'],
    ['TEMP HI', 'TEMP TOL'],
  ),
  hot: words(
    ['Thermal trip', 'Overtemperature stop', 'Drive fault'],
    ['Abschaltung Übertemperatur', 'Antriebsstörung'],
    ['Paro por temperatura', 'Fallo de accionamiento'],
    ['TEMP TRIP', 'DRV FLT'],
  ),
  temp_low: words(
    ['Temperature low', 'Not at temperature', 'Temperature out of band'],
    ['Temperatur niedrig', 'Solltemperatur nicht erreicht', 'Temperatur außer Toleranz'],
    ['Temperatura baja', 'Temperatura fuera de rango'],
    ['TEMP LO', 'TEMP TOL'],
  ),
  rejects: words(
    ['Reject rate', 'Too many rejects', 'Consecutive bad products'],
    ['Ausschussrate', 'Zu viele Schlechtteile', 'Serienfehler'],
    ['Tasa de rechazo', 'Demasiados rechazos'],
    ['REJ RATE', 'CONS REJ'],
  ),
  guard: words(
    ['Guard open', 'Safety circuit open', 'Emergency stop chain'],
    ['Schutztür offen', 'Sicherheitskreis offen', 'Not-Halt-Kette'],
    ['Puerta abierta', 'Circuito de seguridad', 'Cadena de emergencia'],
    ['GUARD', 'ES CHAIN'],
  ),
  comms: words(
    ['Drive not reachable', 'Bus node lost', 'Communication fault'],
    ['Busteilnehmer fehlt', 'Kommunikationsstörung', 'Antrieb nicht erreichbar'],
    ['Nodo de bus perdido', 'Fallo de comunicación'],
    ['BUS FLT', 'COM FLT'],
  ),
  comms_io: words(
    ['I/O island off', 'Module not ready', 'Bus node lost'],
    ['E/A-Insel ausgefallen', 'Modul nicht bereit', 'Busteilnehmer fehlt'],
    ['Isla E/S sin conexión', 'Módulo no listo'],
    ['IO OFF', 'MOD NRDY'],
  ),
  comms_panel: words(
    ['Panel disconnected', 'Encoder signal', 'Module not ready'],
    ['Bedienpanel getrennt', 'Gebersignal', 'Modul nicht bereit'],
    ['Panel desconectado', 'Señal de encoder'],
    ['HMI OFF', 'ENC', 'MOD NRDY'],
  ),
  mismatch: words(
    ['Code mismatch', 'Wrong code read', 'No read', 'Job data missing'],
    ['Code falsch', 'Lesefehler', 'Druckdaten fehlen'],
    ['Código incorrecto', 'Sin lectura', 'Faltan datos de trabajo'],
    ['CODE NOK', 'NO READ'],
  ),
  test: words(
    ['Verification test', 'Test not passed', 'Release by quality required'],
    ['Prüftest', 'Test nicht bestanden', 'Freigabe QS nötig'],
    ['Prueba de verificación', 'Prueba no superada'],
    ['TEST NOK', 'QA REL'],
  ),
  power: words(
    ['Supply voltage', 'Undervoltage', 'DC link undervoltage', 'Drive fault'],
    ['Unterspannung', 'Netzspannung', 'Antriebsstörung'],
    ['Tensión de red', 'Subtensión', 'Fallo de accionamiento'],
    ['UV', 'DC LINK', 'DRV FLT'],
  ),
  phase_timer: words(
    ['Step time exceeded', 'Phase timer', 'Time limit of step'],
    ['Schrittzeit überschritten', 'Laufzeitfehler'],
    ['Tiempo de paso excedido', 'Temporizador de fase'],
    ['STEP TMO', 'PHASE TMR'],
  ),
  bulk: words(
    ['Product tank low', 'No product', 'Minimum level'],
    ['Produkttank leer', 'Füllstand niedrig', 'Kein Produkt'],
    ['Tanque bajo', 'Sin producto', 'Nivel bajo'],
    ['TANK LO', 'LVL LO'],
  ),
};

/** What a display says for a whole group of faults that stop the machine. */
const groups: Words = words(
  ['Machine fault', 'Group fault 2', 'Machine stopped'],
  ['Sammelstörung', 'Maschine gestört'],
  ['Fallo general', 'Máquina parada'],
  ['GRP FLT', 'MC FLT'],
);

const groupTexts = new Set(Object.values(groups).flat());
/** Does a text say what is the matter? A number or a group of faults does not. */
export const isTelling = (text: string, number: string): boolean =>
  !groupTexts.has(text) && text !== number && !/^Fault \d+$/.test(text);

/** Conditions that a text can stand for; none: a text of one machine's own, as the name of what it takes. */
export const conditionsSaid = (text: string): string[] =>
  Object.entries(wordings)
    .filter(([, said]) => Object.values(said).some((list) => list.includes(text)))
    .map(([when]) => when);

/** One maker's text for a condition. Every sixth fault that stops a machine is told only as a group. */
export function wordFor(
  dialect: Dialect,
  when: string,
  severity: number,
  number: string,
  rng: Random,
): string {
  if (dialect === 'code') return rng.chance(0.5) ? number : `Fault ${number.replaceAll(/\D/g, '')}`;
  const list = severity >= 550 && rng.chance(1 / 6) ? groups[dialect] : wordings[when]?.[dialect];
  return rng.pick(list ?? groups[dialect]);
}
