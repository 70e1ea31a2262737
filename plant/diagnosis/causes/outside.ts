import type { Cause } from '../cause.ts';
import { finding, near, noteSays, ownFault, shows, standIs, wordsOf } from '../expect.ts';
import { cue, mentions, plainText } from '../words.ts';

const minute = 60_000;
const ready = cue(
  'releas',
  'ready',
  'ok\\b',
  'done',
  'finished',
  'complete',
  'in use',
  'frei',
  'fertig',
  'liberad',
  'list[oa]',
);

const dispatch = cue(
  '(discharge|dispatch|exit|outfeed|outlet|pallet (conveyor|exit|outfeed|track|lane))( \\w+){0,2} (full|block|occupied|not free|no space|backed)',
  '(dispatch|warehouse|dock|yard|store|high bay|stretch wrapper)( \\w+){0,3} (full|block|no space|jammed|not taking|stopp)',
  'truck',
  'lorry',
  'no (space|room|place)( \\w+){0,3} (dispatch|dock|warehouse|pallet|outfeed|exit)?',
  'pallet(s)? (not (removed|taken|collected)|waiting|removal)',
  'waiting for (pallet removal|removal|forklift|agv|truck|discharge)',
  'forklift',
  '(versand|rampe|lager|auslauf|palettenplatz)( \\w+){0,2} (voll|belegt|blockiert)',
  '(lkw|stapler|palettenabtransport)',
  '(muelle|expedicion|almacen|salida)( \\w+){0,3} (llen|bloque|sin espacio)',
  'camion',
  'carretilla',
);
const upstream = cue(
  'mixer',
  'blend',
  'kettle',
  '(tank|silo|batch|syrup|juice|product|process)( \\w+){0,3} (late|empty|not ready|not released|missing|low)',
  'waiting for (batch|mixer|syrup|process|upstream|release|tank|product from)',
  'upstream',
  'process late',
  '(mischer|ansatz|charge nicht|tank leer|vorprozess|sirup)',
  '(mezclad|tanque|lote no|jarabe|proceso anterior)',
);

export const outsideCauses: readonly Cause[] = [
  {
    id: 'dispatch_full',
    class: 'outside',
    scope: 'dispatch',
    share: 1.2,
    words: () => 'a full dispatch area, so that finished product could not leave',
    check: () =>
      'look at the end of the line: is there room for the next pallet, and when does the next truck come?',
    evidence: [
      standIs(['blocked'], 1.8, 'the last machine blocked by what comes after it'),
      ...wordsOf(dispatch, 2.5, 'an alarm that the discharge is full', 0.5),
      shows('alarm', 1.2, 'an alarm that nothing can leave', (scene, { origin }) =>
        scene.alarms
          .filter((alarm) => alarm.equipment === origin.entry && alarm.says === 'blocked')
          .map((alarm) => finding(scene, [alarm.record], near(alarm.from, origin.onset, 120_000, 120_000))),
      ),
      standIs(['internal'], -0.8, 'the last machine with a fault of its own'),
    ],
  },
  {
    id: 'upstream_late',
    class: 'outside',
    scope: 'supply',
    share: 0.7,
    words: () => 'the process before the line, which delivered late',
    check: () => 'ask the process before the line whether its batch was ready',
    evidence: [
      // The first machine only says that nothing comes; who did not deliver is seldom in an alarm.
      ...wordsOf(upstream, 2, 'an alarm that the process before the line delivers nothing', 0.2),
      standIs(['starved', 'waiting'], 0.8, 'the first machine without supply'),
      shows('mes', 3, 'a batch of the process before the line that was not ready', (scene, { id }) =>
        scene
          .valid('lot')
          .filter(({ equipment, status }) => equipment === id && !mentions(plainText(status), ready))
          .map((lot) => finding(scene, [lot], near(Date.parse(lot.at), scene.from, 60 * minute, minute))),
      ),
      shows('quality', 1.2, 'a batch that was not released', (scene) =>
        scene
          .valid('lot')
          .filter(({ held, at }) => held && Date.parse(at) <= scene.from)
          .map((lot) => finding(scene, [lot], near(Date.parse(lot.at), scene.from, 3_600_000, 60_000))),
      ),
      noteSays(upstream),
      ownFault(-1.5, upstream),
    ],
  },
];
