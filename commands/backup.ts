/** `npm run backup -- FILE`: everything Andon remembers, in one file. */
import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { backup } from '../memory/backup.ts';
import { sentenceOf } from '../plant/errors.ts';

try {
  const [file] = process.argv.slice(2);
  if (!file) throw new Error('Name the file: npm run backup -- andon-backup.tgz');
  const config = await readConfig(process.env);
  await backup({ folder: config.dataFolder, databaseUrl: config.databaseUrl }, resolve(file));
  process.stdout.write(`Saved to ${resolve(file)}.\n`);
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
