import { faithfulApart, liesApart } from './apart.ts';
import { faithful } from './faithful.ts';
import { atFirstLook, faithfulFirst, liesFirst } from './first-look.ts';
import { lies } from './lies.ts';

/** By scene: lies by kind, and what may be said as the first line and after it. */
type WordList = {
  name: string;
  lies: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  faithful: Readonly<Record<string, { openings: readonly string[]; sentences: readonly string[] }>>;
  /** What the check made of it when it met it first; null: not kept. */
  firstLook: typeof atFirstLook | null;
  /** Was the check ever changed because of one of its sentences? What it reaches then proves little. */
  usedToMend: boolean;
};

const asBodies = (list: Readonly<Record<string, readonly string[]>>): WordList['faithful'] =>
  Object.fromEntries(Object.entries(list).map(([scene, sentences]) => [scene, { openings: [], sentences }]));

export const wordLists: readonly WordList[] = [
  { name: 'first', lies, faithful, firstLook: null, usedToMend: true },
  {
    name: 'second',
    lies: liesApart,
    faithful: asBodies(faithfulApart),
    firstLook: null,
    usedToMend: true,
  },
  { name: 'third', lies: liesFirst, faithful: faithfulFirst, firstLook: atFirstLook, usedToMend: true },
];
