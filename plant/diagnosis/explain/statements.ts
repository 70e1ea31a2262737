import { placeWords } from '../../say/en/words.ts';
import { localAt } from '../../say/local-time.ts';
import type { Evidence } from '../../evidence.ts';
import type { Scene } from '../scene.ts';
import type { Account } from './account.ts';
import type { Statement } from './cited.ts';
import { most, wordsFor } from './cited.ts';
import { chainClaims, stopClaim } from './stood.ts';

const stated = (kind: Statement['kind'], text: string | null, evidence: readonly Evidence[]): Statement[] =>
  text === null ? [] : [{ kind, text, evidence }];

/** What went wrong beside the cause that is named, and since when. */
const furtherRoots = (scene: Scene, { roots, named }: Account): Statement[] =>
  roots
    .filter(({ from }) => from !== named)
    .flatMap(({ root, from }) => {
      const when = localAt(Date.parse(root.at), scene.plant.timezone, scene.case.now);
      return stated('inference', `then came ${wordsFor(scene, from)}, ${when}`, from.for.slice(0, most.for));
    });

/** What the leading causes rest on, each record in the version that is shown. */
const facts = ({ leaders, evidence }: Account): Statement[] =>
  leaders
    .slice(0, most.leaders)
    .flatMap((one) => one.for.slice(0, most.facts))
    .filter((seen) => evidence.find(({ id }) => id === seen.id)?.says === seen.says)
    .flatMap((seen) => stated('fact', seen.says, [seen]));

const ruledOutClaims = ({ ruledOut, evidence }: Account): Statement[] =>
  ruledOut.flatMap((one) =>
    stated(
      'inference',
      `not ${one.words}: ${one.because}`,
      evidence.filter(({ id }) => one.evidence.includes(id)),
    ),
  );

/** The account in the order in which it is read: what happened, why, how it came about, what else, what next. */
export function statementsOf(scene: Scene, account: Account): Statement[] {
  const { named, verdict } = account;
  const { place, path, chain } = account.began;
  const none = verdict.answer === 'other' ? 'the cause is none of those known here' : null;
  const unsure = verdict.why && `not enough evidence to name a cause: ${verdict.why}`;
  return [
    stopClaim(scene),
    ...stated('inference', place && `it began at ${placeWords(scene.plant, place)}`, path),
    ...stated('inference', named && `the cause is ${wordsFor(scene, named)}`, named?.for ?? []),
    ...furtherRoots(scene, account),
    ...stated('fact', account.history?.words ?? null, account.history?.evidence ?? []),
    ...stated('inference', none, path),
    ...stated('unknown', unsure, []),
    ...chainClaims(scene, chain, path),
    ...facts(account),
    ...account.alsoStood,
    ...ruledOutClaims(account),
    ...account.unknown.flatMap((text) => stated('unknown', `not known: ${text}`, [])),
    ...stated('suggestion', account.check, []),
  ];
}
