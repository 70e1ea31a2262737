/** `npm run erase -- PERSON`: takes a person, by their id, out of everything that Andon keeps. */
import { readConfig } from '../config.ts';
import { openMemory } from '../memory/open.ts';
import { erasePerson } from '../memory/people.ts';
import { sentenceOf } from '../plant/errors.ts';

try {
  const [id] = process.argv.slice(2);
  if (!id) throw new Error('Name the person by their id: npm run erase -- mia');
  const { dataFolder, databaseUrl, people } = await readConfig(process.env);
  const memory = await openMemory({
    folder: dataFolder,
    databaseUrl,
    clock: Date.now,
    log: (sentence) => void process.stderr.write(`${sentence}\n`),
  });
  try {
    const rows = await erasePerson(memory.pool, id);
    const kept =
      rows === 0
        ? `Nothing was kept of ${id}.`
        : `${id} is taken out of ${rows} rows; what was decided stays, by role.`;
    const named = people.some((one) => one.id === id) ? ` Take ${id} out of "people" in the YAML, too.` : '';
    process.stdout.write(
      `${kept}${named} What was said in chats stays there, and backups are as they were.\n`,
    );
  } finally {
    await memory.close();
  }
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
