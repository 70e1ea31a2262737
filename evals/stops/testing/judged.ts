import type { CaseKind } from '../case.ts';
import type { Judged } from '../judge.ts';

type Given = {
  answerable?: 'yes' | 'partly' | 'no';
  stopped?: boolean;
  listed?: boolean;
  outcome?: Judged['outcome'];
  kind?: CaseKind;
  causes?: readonly string[];
  truePlace?: string;
  said?: string;
  abstained?: boolean;
  ranked?: readonly string[];
  place?: string;
  places?: readonly string[];
  roots?: readonly string[];
  chain?: boolean | null;
  cited?: Judged['cited'];
  guesses?: Judged['guesses'];
  invented?: readonly string[];
  leftOut?: Judged['leftOut'];
  word?: Judged['word'];
  p?: number;
  nextCheck?: Judged['nextCheck'];
};

/** A judged case made by hand: a jam at the packer, told right but for what is given. */
export function judged(given: Given): Judged {
  const { stopped = true, abstained = false, said = 'infeed_jam', truePlace = 'l.packer' } = given;
  const outcome = given.outcome ?? (stopped ? 'explained' : 'no_stop');
  const place = given.place ?? 'l.packer';
  const machineOf = (id: string) => (id.endsWith('.supply') ? null : id);
  const answered = outcome === 'explained' && !abstained;
  return {
    name: 'by hand',
    truth: {
      cause: 'infeed_jam',
      class: 'machine',
      machine: machineOf(truePlace),
      place: truePlace,
      kind: given.kind ?? 'single',
      answerable: given.answerable ?? 'yes',
      dials: null,
      stopped,
      listed: given.listed ?? true,
      causes: given.causes ?? ['infeed_jam'],
    },
    outcome,
    said: { machine: machineOf(place), place, cause: said, abstained, roots: given.roots ?? [said] },
    ranked: {
      causes: (given.ranked ?? ['infeed_jam']).slice(0, 3),
      places: given.places ?? [place],
    },
    p: given.p ?? 0.8,
    pOfTrue: 0.8,
    answered,
    causeRight: answered && said === (given.listed === false ? 'other' : 'infeed_jam'),
    word: given.word ?? (answered ? 'because' : null),
    chainRight: given.chain === undefined ? true : given.chain,
    edges: { said: 2, real: 2, both: 2, inferred: 0, marked: 0 },
    cited: given.cited ?? null,
    words: {
      sentences: 5,
      invented: [...(given.invented ?? [])],
      unwitnessed: [],
      differs: [],
      blamed: [],
      quoted: 0,
    },
    nextCheck: given.nextCheck === undefined ? 'true cause' : given.nextCheck,
    cpuMs: 10,
    guesses: given.guesses ?? [],
    leftOut: given.leftOut ?? null,
  };
}
