import { checkGrounding } from '../../agents/copilot/grounding.ts';
import { plainText } from '../../agents/copilot/plain-text.ts';
import type { Structured } from '../../mcp-server/result.ts';
import { openTestMemory } from '../../memory/test-database.ts';
import type { Case } from '../stops/case.ts';
import { play } from '../stops/play.ts';
import { simulatedCase } from '../stops/simulated.ts';
import { liesAbout, lieKinds, type LieKind } from './liar.ts';

/** Seeds for tuning; the words are judged, not the diagnosis. */
const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

export type OnCases = {
  answers: number;
  /** Sentences of the product's own words, and those that its own check would drop. */
  sentences: number;
  lost: { seed: number; sentence: string; why: string }[];
  told: { kind: LieKind; seed: number; sentence: string; stopped: boolean }[];
};

/** The tool's own words and lies made of them, one sentence altered per answer, held against its results. */
export async function checkedOnCases(progress: (sentence: string) => void): Promise<OnCases> {
  const memory = await openTestMemory();
  const all: OnCases = { answers: 0, sentences: 0, lost: [], told: [] };
  try {
    for (const seed of seeds) {
      const one = simulatedCase(seed);
      const { told } = await play(memory, one);
      if (told === null) continue;
      const own = judged(one, told, wordsOf(told));
      all.answers += 1;
      all.sentences += own.sentences;
      all.lost.push(...own.dropped.map(({ sentence, why }) => ({ seed, sentence, why })));
      for (const kind of lieKinds)
        for (const lie of liesAbout(kind, one, told, seed)) {
          const { reader } = judged(one, told, lie.text);
          all.told.push({
            kind,
            seed,
            sentence: lie.sentence,
            stopped: !reader.includes(plainText(lie.sentence).firstLine),
          });
        }
      if (seed % 20 === 0) progress(`  ${seed} of ${seeds.length} cases`);
    }
  } finally {
    await memory.close();
  }
  return all;
}

const wordsOf = ({ first_line, text }: Structured): string => `${first_line}\n\n${text}`;

function judged(one: Case, told: Structured, text: string) {
  const checked = checkGrounding({
    text,
    results: [{ tool: 'explain_stop', structured: told, refused: null }],
    plant: one.plant,
    people: [],
    now: one.askedAt,
  });
  return {
    dropped: checked.dropped,
    sentences: text.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line)).length,
    reader: checked.sent ? `${checked.firstLine}\n${checked.text}` : '',
  };
}
