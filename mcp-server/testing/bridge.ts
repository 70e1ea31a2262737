/** The stdio bridge as a process of its own: `node bridge.ts <url> [token]`. */
import { serveStdio } from '../stdio.ts';

const [url = '', token] = process.argv.slice(2);
await serveStdio({ url, token: token ?? null });
