/** What the page gets of a message besides its words: the chain as a picture, and what the diagnosis rests on. */
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { sentenceOf } from '../../plant/errors.ts';
import type { AlertMessage, Answer } from '../../plant/message.ts';
import type { SurfaceContext } from '../../plant/surface.ts';
import { chainForPage } from '../pictures/chain.ts';
import { saidTwice } from '../words/table.ts';
import { whyOf } from '../words/why.ts';

/** SVG of the chain, and the causes with their records. An answer without its picture is still an answer. */
async function lookInto(context: SurfaceContext, diagnosis: Diagnosis | null) {
  if (!diagnosis || diagnosis.planned) return { chain: null, why: null };
  const chain = await chainForPage(context, diagnosis).catch((error: unknown) => {
    context.log(`The chain of ${diagnosis.stop.id} could not be drawn: ${sentenceOf(error)}`);
    return null;
  });
  return { chain, why: { ...whyOf(diagnosis, context.plant), stop: diagnosis.stop.id } };
}

export const shownAnswer = async (context: SurfaceContext, answer: Answer) => ({
  ...answer,
  ...(await lookInto(context, answer.diagnosis)),
  /** What text and table both say: the page shows the table where there is room for it. */
  twice: saidTwice(answer),
});

/** The whole diagnosis of every alert would be sent every few seconds; what is shown of it is a tenth. */
export const shownAlert = async (context: SurfaceContext, alert: AlertMessage) => ({
  ...alert,
  diagnosis: null,
  ...(await lookInto(context, alert.diagnosis)),
});
