/** `npm run doctor`: asks every configured system how it is and says what to do about it. Changes nothing. */
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { loadMember } from '../config/registry.ts';
import { startSimulator } from '../simulator/start.ts';
import { withSimulator } from '../main/simulator-addresses.ts';
import { sentenceOf } from '../plant/errors.ts';
import type { Connector, Finding } from '../plant/source.ts';

const marks: Record<Finding['state'], string> = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL' };
const patienceMs = 20_000;

try {
  const config = await readConfig(process.env);
  const silent = () => undefined;
  await using simulator = config.simulator
    ? await startSimulator({
        seed: config.simulator.seed,
        folder: join(config.dataFolder, 'simulator'),
        log: silent,
      })
    : null;
  let failed = 0;
  for (const chosen of config.sources) {
    const connector = await loadMember<Connector>('connectors', chosen.name);
    const folder = join(config.dataFolder, 'sources', chosen.id);
    const options = withSimulator(chosen.options, simulator);
    const source = await connector.open(options, {
      id: chosen.id,
      plant: config.plant,
      clock: Date.now,
      folder,
      log: silent,
    });
    process.stdout.write(`\n${chosen.id} (${source.system})\n`);
    for (const { state, check, text, next } of await source.examine(AbortSignal.timeout(patienceMs))) {
      process.stdout.write(`  ${marks[state]} ${check}: ${text}${next ? ` ${next}` : ''}\n`);
      if (state === 'fail') failed += 1;
    }
    await source.close();
  }
  process.stdout.write(
    failed === 0 ? '\nAll sources answer.\n' : `\n${failed} ${failed === 1 ? 'check' : 'checks'} failed.\n`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
