import type { Suite } from '../figure.ts';
import { temporaryFolder } from '../floor.ts';
import { median } from '../measure.ts';
import { processesOf, startProduct } from '../product.ts';

const question = 'why did line 3 stop?';
const secondStarts = 3;

type Start = { answeredS: number; openedS: number; closedS: number; cpuS: number; printed: string };

/** From nothing to the first answer, as a child process with the demo plant; then again on the same folder. */
const start: Suite = async (progress) => {
  const temporary = await temporaryFolder();
  const { folder } = temporary;
  try {
    progress('first start ...');
    const first = await startOnce(folder);
    const again: Start[] = [];
    for (let n = 1; n <= secondStarts; n += 1) {
      progress(`second start, ${n} of ${secondStarts} ...`);
      again.push(await startOnce(folder));
    }
    const past = /([\d,]+) rows recorded in (\d+) s/.exec(first.printed);
    return {
      title: 'from the command to the first answer',
      figures: [
        { name: 'first start, to the first answer', value: first.answeredS, unit: 's' },
        { name: 'rows of the past', value: past ? Number(past[1]?.replaceAll(',', '')) : null, unit: 'rows' },
        {
          name: 'making and recording them',
          value: past ? Number(past[2]) : null,
          unit: 's',
          aim: { atMost: 20 },
          why: 'The plant that makes the past up and the database that records it share the cores of this machine with whatever else runs.',
        },
        {
          name: 'second start, to the first answer',
          value: median(again.map((one) => one.answeredS)),
          unit: 's',
        },
        {
          name: 'second start, until people can ask',
          value: median(again.map((one) => one.openedS)),
          unit: 's',
        },
        {
          name: 'second start, CPU of all processes',
          value: median(again.map((one) => one.cpuS)),
          unit: 's',
        },
        { name: 'closing', value: median(again.map((one) => one.closedS)), unit: 's' },
      ],
      notes: [
        `The question is "${question}", asked over HTTP as soon as the address is announced; second starts are the median of ${secondStarts}.`,
        'Seconds of the clock, simulator and its OPC UA server included. At a second start the demo plant plays its past again, unseen and by itself, so that the same plant goes on: most of the time is that. A real plant has no such part.',
      ],
    };
  } finally {
    await temporary.close();
  }
};
export default start;

async function startOnce(folder: string): Promise<Start> {
  const from = performance.now();
  const product = await startProduct(folder);
  try {
    const answer = await product.ask(question);
    const answeredS = (performance.now() - from) / 1000;
    if (answer.evidence.length === 0) throw new Error(`An answer without evidence: ${answer.firstLine}`);
    const cpuS = (await processesOf(product.pid)).reduce((sum, one) => sum + one.cpuS, 0);
    const closing = performance.now();
    await product.close();
    const closedS = (performance.now() - closing) / 1000;
    return { answeredS, openedS: product.openedMs / 1000, closedS, cpuS, printed: product.printed() };
  } finally {
    await product.close();
  }
}
