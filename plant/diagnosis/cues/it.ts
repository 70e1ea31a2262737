import { abroad } from './abroad/index.ts';
import { lackOf } from './abroad/words.ts';
import { cue, mentions } from '../words.ts';
import { fieldbus } from './machine.ts';

/** What alarms, notes and reasons say of systems that do not answer. Other languages: `abroad`. */
export const server = cue(
  'time ?out',
  'timed out',
  'no (answer|response|reply|data|label data|job data|connection)',
  '(waiting for|await\\w*) (the )?(data|server|label|host|print|mes|erp|response|reply|answer|handshake|job)',
  '(server|host|mes|database|printer|scada|erp|network|web ?service|interface)( \\w+){0,3} (not|down|offline|lost|fail|error|unreach|slow|no |hang|dead)',
  'handshake',
  '(job|print|order|label|batch|recipe) data( \\w+)? (missing|fail|not|invalid|timeout)',
  '(api|opc|sql|db|vpn|dns|wlan|wifi|lan)( \\w+){0,2} (down|lost|fail|error|timeout|gone)',
  'printer (waits|waiting|idle)',
  'leit(rechner|system)',
  '(print|label|print) job',
  '\\w+ ?service( \\w+)? (unavailable|down|fail|error)',
  'sap (time|not|error|down|fail)',
  'host (down|offline|silent|not)',
  '(druck|etiketten|auftrags)daten',
  '(antwort|rechner|datenbank|system)( \\w+){0,2} (fehlt|weg|steht|langsam|haengt|hangt)',
  '(datos de (trabajo|etiqueta)|sistema (caido|lento)|base de datos)',
  'not answering',
  'connection( \\w+){0,3} (lost|fail|refused|closed)',
  'data request',
  '\\w*daten fehl',
  'faltan datos',
  'it (problem|issue|down)',
  '(keine antwort|keine daten|zeituberschreitung|server|wart\\w* auf (daten|server|druck|etikett|mes|freigabe vom leit|antwort|auftrag)|verbindung( \\w+)? (verloren|weg|unterbrochen)|netzwerk)',
  '(sin (respuesta|datos|conexion)|tiempo (de espera )?(agotado|excedido)|servidor|esperando datos|no responde|red caida)',
  lackOf('server|servid\\w+|serveur|serwer\\w*|reseau informatique|netzwerk|netwerk'),
  ...abroad('server'),
);
/** The same where no network inside a machine is named. */
export const isFarServer = (text: string): boolean => mentions(text, server) && !mentions(text, fieldbus);
/** A gateway or the network. */
export const network = cue('comm', 'gateway', 'connection', 'offline', 'verbindung', 'conexion');
