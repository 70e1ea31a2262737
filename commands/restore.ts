/** `npm run restore -- FILE`: puts a backup into an empty data folder or database. */
import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { restore } from '../memory/backup.ts';
import { sentenceOf } from '../plant/errors.ts';

try {
  const [file] = process.argv.slice(2);
  if (!file) throw new Error('Name the file: npm run restore -- andon-backup.tgz');
  const config = await readConfig(process.env);
  await restore(resolve(file), { folder: config.dataFolder, databaseUrl: config.databaseUrl });
  process.stdout.write(`Restored from ${resolve(file)}. Start Andon again.\n`);
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
