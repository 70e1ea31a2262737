/** `npm run ask -- [--json] "question"`: one question to the running Andon of the same data folder, else to one that is started for it. */
import { readConfig } from '../config.ts';
import { readHolder } from '../memory/open.ts';
import { stableAnswer, type Answer } from '../plant/message.ts';
import { sentenceOf } from '../plant/errors.ts';

const words = process.argv.slice(2);
const json = words.includes('--json');
const text = words
  .filter((word) => word !== '--json')
  .join(' ')
  .trim();
const progress = (sentence: string) => void process.stderr.write(`${sentence}\n`);

try {
  if (text === '') throw new Error('Ask something: npm run ask -- "why did line 3 stop?"');
  const config = await readConfig(process.env);
  const holder = await readHolder(config.dataFolder);
  const answer = holder?.address ? await askRunning(holder.address, config.token) : await askFresh();
  process.stdout.write(
    json ? `${JSON.stringify(stableAnswer(answer), null, 2)}\n` : `${answer.firstLine}\n\n${answer.text}\n`,
  );
  if (!json) for (const missing of answer.missing) process.stdout.write(`Missing: ${missing}\n`);

  async function askFresh(): Promise<Answer> {
    progress('Andon is not running here; starting it for this question.');
    const { openAndon } = await import('../main.ts');
    await using andon = await openAndon({ ...config, port: 0 }, progress);
    return await andon.ask({ text, thread: null, person: config.pagePerson, surface: 'terminal' });
  }
} catch (error) {
  progress(sentenceOf(error));
  process.exitCode = 1;
}

async function askRunning(address: string, token: string | null): Promise<Answer> {
  const response = await fetch(`${address}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ question: text, whole: true }),
  });
  const body = (await response.json()) as Answer & { error?: { message: string; next: string } };
  if (!response.ok)
    throw new Error(`${body.error?.message ?? response.statusText} ${body.error?.next ?? ''}`.trim());
  return body;
}
