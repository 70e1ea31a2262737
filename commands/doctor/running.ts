/** What a running Andon of the same data folder knows of its sources. */
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { readHolder } from '../../memory/open.ts';
import { sentenceOf } from '../../plant/errors.ts';

const source = z.object({
  source: z.string(),
  state: z.string(),
  last_record_at: z.string().nullable(),
  problem: z.string().nullable(),
});
const reply = z.object({
  result: z.object({ structuredContent: z.object({ sources: z.array(source) }) }),
});

export type Running = {
  /** For people: does one run, and where. */
  sentence: string;
  /** By source id; null: none runs, or it does not answer. */
  sources: ReadonlyMap<string, z.infer<typeof source>> | null;
};

const patienceMs = 5_000;

/** Asks the running Andon by its MCP tool `source_health`; `waitMs` for its answer. Never throws. */
export async function askRunning(
  { dataFolder, token }: Pick<Config, 'dataFolder' | 'token'>,
  waitMs = patienceMs,
): Promise<Running> {
  const holder = await readHolder(dataFolder);
  if (!holder)
    return {
      sentence: 'Andon is not running on this data folder, so when it last recorded something is not shown.',
      sources: null,
    };
  if (!holder.address)
    return { sentence: `Andon (process ${holder.pid}) is just starting on this data folder.`, sources: null };
  try {
    const response = await fetch(`${holder.address}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'source_health', arguments: {} },
      }),
      signal: AbortSignal.timeout(waitMs),
    });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const { sources } = reply.parse(jsonOf(await response.text())).result.structuredContent;
    return {
      sentence: `Andon is running at ${holder.address} and is left alone.`,
      sources: new Map(sources.map((one) => [one.source, one])),
    };
  } catch (error) {
    const why = error instanceof z.ZodError ? 'its answer was not understood' : sentenceOf(error);
    return {
      sentence: `Andon is running at ${holder.address}, but does not tell of its sources: ${why}.`,
      sources: null,
    };
  }
}

/** One JSON object, plain or as the data of a server-sent event. */
function jsonOf(body: string): unknown {
  const event = body.split('\n').find((line) => line.startsWith('data:'));
  return JSON.parse(event ? event.slice('data:'.length) : body);
}
