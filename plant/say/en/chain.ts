import type { ChainStep, Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Plant } from '../../equipment.ts';
import { millis } from '../../time.ts';
import { localClock } from '../local-time.ts';
import { inference } from '../said.ts';
import type { Block } from '../said.ts';
import { capital, listed, placeWords } from './words.ts';

const steps: Record<ChainStep['kind'], [verb: string, effect: string]> = {
  starves: ['left', ' without product'],
  blocks: ['blocked', ''],
  stops: ['stopped', ''],
  supplies: ['left', ' without supply'],
  holds: ['held', ''],
};

/** `, then the labeller and the packer (14:01)`: the same happens to the next, and to those after it within the minute; a minute that was just said is not said again. */
const onward = (places: readonly string[], when: string, said: string): string =>
  `, then ${listed(places)}${when === said ? '' : ` (${when})`}`;

/**
 * `left the capper without product at 14:00, then the labeller and the packer (14:01)`: what goes on in the same way is
 * not said again.
 */
function wayOf(chain: readonly ChainStep[], plant: Plant): string {
  let way = '';
  let last = '';
  let said = '';
  let waiting: string[] = [];
  for (const [index, { kind, from, to, at }] of chain.entries()) {
    const when = localClock(millis(at), plant.timezone);
    const before = chain[index - 1];
    const place = placeWords(plant, to);
    const goesOn = before?.kind === kind && before.to === from;
    if (waiting.length > 0 && !(goesOn && when === last)) {
      way += onward(waiting, last, said);
      said = last;
      waiting = [];
    }
    last = when;
    if (goesOn) {
      waiting.push(place);
      continue;
    }
    const [verb, effect] = steps[kind];
    const subject = !before ? '' : before.to === from ? ', which ' : `; ${placeWords(plant, from)} `;
    way += `${subject}${verb} ${place}${effect} at ${when}`;
    said = when;
  }
  return waiting.length > 0 ? way + onward(waiting, last, said) : way;
}

/** How it went from the origin to the machine that stood. What nobody reported stands in one sentence of its own. */
export function chainBlock(d: Diagnosis, plant: Plant): Block {
  const [first] = d.chain;
  // That the line held its own machine tells nobody anything.
  if (!first || d.chain.every(({ from }) => from === d.stop.line)) return { sentences: [] };
  const silent = inferredIn(d).map((id) => placeWords(plant, id));
  const support = d.candidates[0]?.for ?? [];
  return {
    sentences: [
      inference(`How it went: ${capital(placeWords(plant, first.from))} ${wayOf(d.chain, plant)}.`, support),
      ...(silent.length > 0
        ? [
            inference(
              `${capital(listed(silent))} ${silent.length === 1 ? 'reports no state' : 'report no state'}; this follows from the neighbours.`,
              support,
            ),
          ]
        : []),
    ],
  };
}

/** Machines on the way whose part in it follows from their neighbours. */
export const inferredIn = ({ chain }: Diagnosis): string[] => [
  ...new Set(chain.flatMap(({ to, inferred }) => (inferred ? [to] : []))),
];
