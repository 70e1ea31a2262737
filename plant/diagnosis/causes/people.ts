import type { Cause } from '../cause.ts';
import { finding, ownFault, shows, standIs, wordsOf } from '../expect.ts';
import { calledInVain, crewBack, missingCrew, noticedLate, noticedSoon } from '../cues/people.ts';
import { breakTimes } from '../shift-times.ts';
import { cue } from '../words.ts';

const minute = 60_000;
const nobody = cue(
  '(waiting for|await\\w*|no|need|call|missing|request) (an? )?(operator|attend|crew|staff|people|manning)',
  'operator (required|call|missing|absent|attention|needed|away|confirm|intervention)',
  '(no ?one|nobody|none of us|only \\d|alone)',
  'under ?staffed',
  'short (of )?(staff|handed|people|crew)',
  'not (covered|manned)',
  'unmanned',
  'unattended',
  'break not covered',
  '(one|two|\\d) (man|people|person|hand)s? short',
  'acknowledge required',
  '(niemand|keiner|bediener|unbesetzt|personal|pause nicht)',
  '(nadie|operador|operario|falta (gente|personal)|sin (personal|operario)|descubiert)',
);
const mechanic = cue(
  '(waiting for|await\\w*|called?|need) (the |a )?(maintenance|mechanic|technician|electrician|fitter|engineer)',
  '(maintenance|mechanic|technician|electrician)( \\w+){0,2} (called|not here|late|busy|on line|missing)',
  '(warte\\w*|rufen|gerufen)( \\w+){0,2} (instandhaltung|mechaniker|elektriker|techniker|schlosser)',
  '(instandhaltung|mechaniker|elektriker|techniker)( \\w+){0,2} (gerufen|fehlt|nicht da|unterwegs)',
  '(esperando|avisado)( \\w+){0,2} (mantenimiento|mecanico|electricista|tecnico)',
);
const startUp = cue(
  'start ?up',
  'adjust',
  'fine tun',
  'after change ?over',
  'anfahren',
  'nachstell',
  'einstell',
  'arranque',
  'ajust',
);

export const peopleCauses: readonly Cause[] = [
  {
    id: 'no_operator',
    class: 'people',
    scope: 'machine or line',
    words: (at) => `a post without cover at ${at}`,
    check: (at) => `ask the shift lead whether the post at ${at} was covered then`,
    evidence: [
      shows('crew', 3, 'fewer people at the line than planned', missingCrew, {
        missing: 1.6,
        needs: 'crew',
      }),
      // The line runs again within minutes of somebody coming back: more than a coincidence.
      shows('crew', 4.5, 'a restart as soon as people were back', crewBack),
      shows('mes', 1.5, 'nobody signed on', (scene) =>
        scene
          .all('downtime_event')
          .filter(
            ({ operators, from, to }) =>
              operators !== null &&
              operators < (scene.line.crew ?? 1) &&
              Date.parse(from) <= scene.end &&
              Date.parse(from) >= scene.from - 10 * minute &&
              (to === null || Date.parse(to) > scene.from),
          )
          .slice(-1)
          .map((entry) => finding(scene, [entry])),
      ),
      ...wordsOf(nobody, 2.5, 'a call for an operator', 0.4),
      shows('place', 2, 'a fault that nobody acknowledged for long', noticedLate),
      shows('place', -2, 'a fault that somebody acknowledged at once', noticedSoon),
      shows('plan', 1.2, 'a break just before', (scene) => {
        const times = breakTimes(scene.plant, scene.from - 20 * minute, scene.from + 2 * minute);
        const event = scene
          .all('calendar')
          .filter(
            ({ activity, from }) =>
              activity === 'break' && Math.abs(Date.parse(from) - scene.from) < 20 * minute,
          );
        if (event.length > 0) return [finding(scene, event)];
        return times.length > 0 ? [{ strength: 0.7, evidence: [] }] : [];
      }),
      standIs(['blocked'], -0.5, 'a machine that only waits'),
      ownFault(-0.5, nobody),
    ],
  },
  {
    id: 'startup_after_changeover',
    class: 'people',
    scope: 'machine',
    share: 0.7,
    words: (at) => `a start-up after the changeover that did not hold at ${at}`,
    check: (at) => `compare the settings of ${at} after the changeover with its set-up sheet`,
    evidence: [
      shows(
        'plan',
        2,
        'a changeover that ended shortly before',
        (scene) =>
          scene
            .valid('calendar')
            .filter(
              ({ activity, to }) =>
                activity === 'changeover' && to !== null && Date.parse(to) <= scene.from + minute,
            )
            .filter(({ to }) => Date.parse(to ?? '') >= scene.from - 40 * minute)
            .map((one) => finding(scene, [one])),
        { missing: 2.5, visible: () => true },
      ),
      shows('place', 1, 'several short runs', (scene, { origin }) => {
        const stands = (scene.floor.stands.get(origin.entry) ?? []).filter(
          (stand) => stand.from <= scene.from + minute,
        );
        return stands.length >= 3
          ? [
              finding(
                scene,
                stands.slice(-3).map(({ span }) => span.record),
              ),
            ]
          : [];
      }),
      ...wordsOf(startUp, 1, 'words about the start-up', 0),
    ],
  },
  {
    id: 'waiting_for_maintenance',
    class: 'people',
    scope: 'machine',
    share: 0.6,
    words: (at) => `a wait for maintenance at ${at}`,
    check: (at) => `ask maintenance when it was called to ${at} and when it came`,
    evidence: [
      shows('maintenance', 3.5, 'a call that nobody from maintenance answered for long', calledInVain, {
        missing: 2,
        needs: 'maintenance',
      }),
      ...wordsOf(mechanic, 1.2, 'a call for maintenance', 0.8),
    ],
  },
];
