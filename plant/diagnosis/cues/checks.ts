import type { Finding, Place } from '../cause.ts';
import type { Scene } from '../scene.ts';
import { cue, mentions, plainText } from '../words.ts';

/** Machines whose work is to look at the product: by the class or name that the plant gave them. */
const checking = cue(
  'check',
  '(weigh|scale)',
  'test(?!at|in[ae]\\b)',
  'vision',
  'camera',
  'detector',
  'metal ?det',
  'x ?ray',
  'leak ?(test|detect)',
  '\\w*waage',
  '\\w*pruf',
  'kontroll',
  'inspektor',
  '\\w*detektor',
  'kamera',
  'bascula',
  'pesadora',
  'verific',
  'comprob',
  // A control panel controls something else.
  '^controle\\b(?! (panel|painel))',
  'controle (qualite|visuel|poids|final|de (qualidade|peso))',
  'peseuse',
  'trieuse (ponderale|optique)',
  'mireuse',
  'rayons',
  'bilanc',
  'pesatric',
  'selezionatric',
  'telecamera',
  'ispezion',
  'collaud',
  'balanca',
  'inspe[ck]',
  '(controle|check) ?weger',
  'keur',
  'kontrol',
  'wag[ai]\\b',
  'wizyj',
  'rentgen',
  'rontgen',
  '\\w*inspekt',
);

export const checks = (scene: Scene, machine: string): boolean => {
  const one = scene.line.machines.find(({ id }) => id === machine);
  return (
    one !== undefined &&
    [one.class, one.name, one.id.split('.').at(-1) ?? ''].some((text) => mentions(plainText(text), checking))
  );
};

export const isCheck = (scene: Scene, { origin }: Place): Finding[] =>
  checks(scene, origin.entry) ? [{ strength: 1, evidence: [] }] : [];

export const isNoCheck = (scene: Scene, { origin }: Place): Finding[] =>
  checks(scene, origin.entry) ? [] : [{ strength: 1, evidence: [] }];
