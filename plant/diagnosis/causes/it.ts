import type { Cause } from '../cause.ts';
import { finding, near, shows, wordsOf } from '../expect.ts';
import { signalEvidence } from '../says.ts';
import { cue, mentions, plainText } from '../words.ts';

const minute = 60_000;
const server = cue(
  'time ?out',
  'timed out',
  'no (answer|response|reply|data|label data|job data|connection)',
  '(waiting for|await\\w*) (the )?(data|server|label|host|print|mes|erp|response|reply|answer|handshake|job)',
  '(server|host|mes|database|printer|scada|erp|network|web ?service|interface)( \\w+){0,3} (not|down|offline|lost|fail|error|unreach|slow|no |hang|dead)',
  'handshake',
  'not answering',
  'connection( \\w+){0,3} (lost|fail|refused|closed)',
  'data request',
  '\\w*daten fehl',
  'faltan datos',
  'it (problem|issue|down)',
  '(keine antwort|keine daten|zeituberschreitung|server|wartet? auf (daten|server|druck|etikett)|verbindung( \\w+)? (verloren|weg|unterbrochen)|netzwerk)',
  '(sin (respuesta|datos|conexion)|tiempo (de espera )?(agotado|excedido)|servidor|esperando datos|no responde|red caida)',
);
const comms = cue('comm', 'gateway', 'connection', 'offline', 'verbindung', 'conexion');

export const itCauses: readonly Cause[] = [
  {
    id: 'system_no_answer',
    class: 'it',
    scope: 'system',
    words: (at) => `${at} not answering`,
    check: (at) => `ask IT whether ${at} was up then, and what was changed on it`,
    evidence: [
      shows(
        'system',
        3,
        'word that the system was down',
        (scene, place) => {
          const until = scene.from + minute + scene.clocks.tolerance;
          const events = scene
            .all('system')
            .filter((one) => Date.parse(one.at) <= until)
            .filter(
              (one) =>
                one.equipment === place.id ||
                (one.equipment === null &&
                  mentions(plainText(one.component), new RegExp(plainText(place.id).split(' ').join('.?')))),
            );
          const last = events.findLast(({ event }) => event !== 'changed');
          const down = last && (last.event === 'down' || last.event === 'degraded') ? [last] : [];
          const changed = events.filter(({ event }) => event === 'changed');
          return [
            ...down.map((one) =>
              finding(
                scene,
                [one],
                near(Date.parse(one.at), place.origin.onset, 30 * minute, minute) *
                  (one.event === 'degraded' ? 0.7 : 1),
              ),
            ),
            ...changed.map((one) =>
              finding(scene, [one], 0.4 * near(Date.parse(one.at), place.origin.onset, 60 * minute, 0)),
            ),
          ];
        },
        { missing: 1.2, needs: 'system' },
      ),
      shows('signal', 2.5, 'a lost connection of the system', (scene, place) =>
        scene.looks.flatMap((look) => {
          if (look.window.equipment !== place.id || look.measure !== 'connected') return [];
          const { onset } = place.origin;
          const point = look.window.points.find(
            ([at, value]) => value < 0.5 && at >= onset - 10 * minute && at <= onset + minute,
          );
          return point
            ? [
                {
                  strength: 1,
                  evidence: [signalEvidence(look.window, point[0], point[1], scene.plant, scene.systems)],
                },
              ]
            : [];
        }),
      ),
      ...wordsOf(server, 2.5, 'an alarm that data or an answer is missing', 0.8),
    ],
  },
  {
    id: 'sensor_outage',
    class: 'it',
    scope: 'machine',
    share: 0.5,
    words: (at) => `values of ${at} that stopped coming while the line may have run on`,
    check: (at) => `look at ${at}: did it run while no values came?`,
    evidence: [
      shows(
        'gap',
        2,
        'missing data inside the stop',
        (scene, { origin }) =>
          scene
            .all('gap')
            .filter((gap) => gap.equipment === origin.entry || gap.equipment === null)
            .filter(
              (gap) =>
                Date.parse(gap.from) <= scene.from + minute &&
                (gap.to === null || Date.parse(gap.to) >= scene.from),
            )
            .map((gap) => finding(scene, [gap])),
        { missing: 2.5, visible: () => true },
      ),
      shows('mes', 2, 'production counted by the MES meanwhile', (scene) =>
        scene
          .all('downtime_event')
          .filter(
            ({ category, from, to }) =>
              category === 'production' &&
              Date.parse(from) <= scene.from &&
              (to === null || Date.parse(to) >= scene.end),
          )
          .slice(-1)
          .map((one) => finding(scene, [one])),
      ),
      ...wordsOf(comms, 1, 'an alarm of the gateway', 0),
    ],
  },
];
