/** The cause record of a stop as the page shows it, with the records behind its whys. */
import { AndonError } from '../../plant/errors.ts';
import { sentencesIn } from '../../plant/say/index.ts';
import type { SurfaceContext } from '../../plant/surface.ts';

/** Throws `not_found`. */
export async function shownCauseRecord(context: SurfaceContext, stop: string) {
  const found = await context.causeRecord(stop);
  if (found === null)
    throw new AndonError(
      'not_found',
      'There is no stop then whose records are kept.',
      'Ask which stops there were.',
    );
  const { plant, clock } = context;
  const said = sentencesIn(plant.language).sayCauseRecord(found, plant, { now: clock() });
  const byId = new Map(found.evidence.map((one) => [one.id, one]));
  return {
    ...said,
    whys: said.whys.map((one) => ({ ...one, evidence: one.evidence && (byId.get(one.evidence) ?? null) })),
  };
}
