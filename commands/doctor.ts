/** `npm run doctor`: asks every configured system how it is and says what to do about it. Reads only, and leaves a running Andon alone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Chosen, type Config } from '../config.ts';
import { loadMember } from '../config/registry.ts';
import { withSimulator } from '../main/simulator-addresses.ts';
import { AndonError, sentenceOf } from '../plant/errors.ts';
import type { Connector, Finding } from '../plant/source.ts';
import { startSimulator, type Simulator } from '../simulator/start.ts';
import { completed } from './doctor/completed.ts';
import { askRunning, type Running } from './doctor/running.ts';

const marks: Record<Finding['state'], string> = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL' };
const patienceMs = 20_000;
const say = (line: string) => void process.stdout.write(`${line}\n`);

try {
  const config = await readConfig(process.env);
  const running = await askRunning(config);
  if (config.simulator)
    say('The demo plant is examined on a copy of its own, started for this and closed after it.');
  say(`${config.plant.name} (${config.file}), data in ${config.dataFolder}.`);
  say(running.sentence);
  await using demo = await openDemoCopy(config);
  // All at once, so that one system that hangs costs its patience only once.
  const examined = await Promise.all(
    config.sources.map((chosen) => examineOne(chosen, config, demo, running)),
  );
  for (const { title, findings } of examined) print(title, findings);
  const all = examined.flatMap(({ findings }) => findings);
  const failed = all.filter(({ state }) => state === 'fail').length;
  const warned = all.filter(({ state }) => state === 'warn').length;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  say(
    `\n${failed === 0 ? 'All sources answer' : `${count(failed, 'check')} failed`}${warned > 0 ? `, ${count(warned, 'warning')}` : ''}.`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}

type Demo = AsyncDisposable & { folder: string; simulator: Simulator };

/** A demo plant of its own: the folder of a running one holds notes that grow and must not be written twice. */
async function openDemoCopy({ simulator: wanted }: Config): Promise<Demo | null> {
  if (!wanted) return null;
  const folder = await mkdtemp(join(tmpdir(), 'andon-doctor-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const simulator = await startSimulator({
      seed: wanted.seed,
      historyDays: 1,
      folder: join(folder, 'simulator'),
      log: () => undefined,
      firstStop: null,
    });
    const close = async () => {
      await simulator.close();
      await remove();
    };
    await simulator.control({ command: 'go-live' });
    return { folder, simulator, [Symbol.asyncDispose]: close };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function examineOne(chosen: Chosen, config: Config, demo: Demo | null, running: Running) {
  const connector = await loadMember<Connector>('connectors', chosen.name);
  const title = `${chosen.id} (${connector.system})`;
  try {
    const options: unknown = connector.options.parse(withSimulator(chosen.options, demo?.simulator ?? null));
    const source = await connector.open(options, {
      id: chosen.id,
      plant: config.plant,
      clock: Date.now,
      folder: join(demo?.folder ?? config.dataFolder, 'sources', chosen.id),
      log: () => undefined,
    });
    try {
      const own = await source.examine(AbortSignal.timeout(patienceMs));
      return {
        title,
        findings: await completed(own, { id: chosen.id, options, plant: config.plant, running }),
      };
    } finally {
      await source.close();
    }
  } catch (error) {
    const text = error instanceof AndonError ? error.message : sentenceOf(error);
    const next = error instanceof AndonError ? error.next : '';
    return { title, findings: [{ check: 'open', state: 'fail', text, next } satisfies Finding] };
  }
}

function print(title: string, findings: readonly Finding[]): void {
  say(`\n${title}`);
  const width = Math.max(...findings.map(({ check }) => check.length));
  for (const { state, check, text, next } of findings) {
    say(`  ${marks[state]}  ${check.padEnd(width)}  ${text}`);
    if (next) say(`        ${' '.repeat(width)}  -> ${next}`);
  }
}
