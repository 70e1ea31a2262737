/** `npm run -s mcp`: Model Context Protocol over standard input and output, through the running Andon or one that is started for it. */
import { readConfig } from '../config.ts';
import { serveStdio } from '../mcp-server/stdio.ts';
import { readHolder } from '../memory/open.ts';
import { sentenceOf } from '../plant/errors.ts';

// Standard output belongs to the protocol: everything else goes to standard error.
const progress = (sentence: string) => void process.stderr.write(`${sentence}\n`);

try {
  const config = await readConfig(process.env);
  const holder = await readHolder(config.dataFolder);
  if (holder?.address) {
    await serveStdio({ url: `${holder.address}/mcp`, token: config.token });
  } else {
    progress('Andon is not running here; starting it.');
    const { openAndon } = await import('../main.ts');
    await using andon = await openAndon({ ...config, port: 0 }, progress);
    await serveStdio({ url: `${andon.url}/mcp`, token: config.token });
  }
} catch (error) {
  progress(sentenceOf(error));
  process.exitCode = 1;
}
