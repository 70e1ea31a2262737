import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { InMemoryTransport, McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { openHttp } from '../../http.ts';
import { callTool } from '../../mcp-server/call.ts';
import { published } from '../../mcp-server/schema.ts';
import type { OpenMcp } from '../../mcp-server/server.ts';
import { clientInMemory, clientOverHttp } from '../../mcp-server/testing/clients.ts';
import { defineTool, reads } from '../../mcp-server/tool.ts';
import type { Figure, Suite } from '../figure.ts';
import { openFloor } from '../floor.ts';
import { costOf, median } from '../measure.ts';

const rounds = 60;
const callsInMemory = 40;
const callsOverHttp = 10;

type Call = { name: string; arguments: Record<string, unknown> };
/** `aimed`: the path itself, with no work of a tool in it. */
type Way = { words: string; client: Client; call: Call; aimed: boolean };
const trivial: Call = { name: 'trivial', arguments: { words: 'line 3' } };
/** The product's own tools, from one that looks at what is in memory to one that asks the database. */
const tools: readonly Call[] = [
  { name: 'find_equipment', arguments: { words: 'line 3', limit: 1 } },
  { name: 'source_health', arguments: {} },
  { name: 'line_status', arguments: { line: 'line 3' } },
];

/** The same client, transport and turn: a trivial tool on the bare SDK, the same through our path, and our tools. */
const suite: Suite = async (progress) => {
  const floor = await openFloor(2, progress);
  await using open = new AsyncDisposableStack();
  open.defer(floor.close);
  const closing = <T extends { close(): Promise<void> }>(one: T): T =>
    open.adopt(one, (each) => each.close());
  progress('in memory ...');
  const inMemory = await race(
    waysOf(
      closing(await linked(bareServer())),
      closing(await linked(ownServer(floor.mcp))),
      closing(await clientInMemory(floor.mcp)),
    ),
    callsInMemory,
  );
  const http = closing(
    await openHttp({ host: '127.0.0.1', port: 0, token: null, people: [], pagePerson: null, log: progress }),
  );
  http.route({ method: 'ANY', path: '/mcp', own: true, handle: floor.mcp.handleHttp });
  const bareHttp = closing(await serve(bareServer));
  const ownHttp = closing(await serve(() => ownServer(floor.mcp)));
  progress('over HTTP ...');
  const overHttp = await race(
    waysOf(
      closing(await clientOverHttp(bareHttp.url)),
      closing(await clientOverHttp(ownHttp.url)),
      closing(await clientOverHttp(`${http.url}/mcp`)),
    ),
    callsOverHttp,
  );
  return {
    title: "a call of the product's tools against a trivial tool on the bare SDK",
    figures: [...figuresOf('in memory', inMemory), ...figuresOf('over HTTP', overHttp)],
    notes: [
      `Medians of ${rounds} rounds, in each of which every tool is called ${callsInMemory} times in memory (${callsOverHttp} over HTTP) in turn; CPU of client, server and database together.`,
      '"The path" is the same trivial tool through what every tool of the product goes through: input check, result with words, evidence, claims and completeness, output check of server and client. The tools after it add their own work; line_status asks the database for states, stops and orders of a day.',
      'Over HTTP the product has all its tools registered anew per request, and its Host, Origin and session checks.',
    ],
  };
};
export default suite;

const waysOf = (bare: Client, path: Client, product: Client): Way[] => [
  { words: 'trivial tool, bare SDK', client: bare, call: trivial, aimed: false },
  { words: 'the path', client: path, call: trivial, aimed: true },
  ...tools.map((call) => ({ words: call.name, client: product, call, aimed: false })),
];

const input = { words: z.string() };

function bareServer(): McpServer {
  const server = new McpServer({ name: 'bare', version: '1.0.0' });
  const schema = z.object(input);
  const told = { description: 'Says the words again.', inputSchema: schema, outputSchema: schema };
  server.registerTool('trivial', told, ({ words }) => ({
    content: [{ type: 'text', text: words }],
    structuredContent: { words },
  }));
  return server;
}

const own = defineTool({
  name: 'trivial',
  title: 'Trivial',
  description: 'Says the words again.',
  input,
  data: input,
  annotations: reads,
  run: async ({ words }) => ({
    said: { firstLine: words, text: '', facts: [], table: null, followUps: [], claims: [] },
    data: { words },
    evidence: [],
    completeness: { complete: true, asOf: null, missing: [], truncated: false },
  }),
});
const schemas = {
  inputSchema: published(own.input, 'input'),
  outputSchema: published(own.output, 'output'),
};

function ownServer(mcp: OpenMcp): McpServer {
  const server = new McpServer({ name: 'own', version: '1.0.0' });
  const { title, description, annotations } = own;
  server.registerTool(own.name, { title, description, annotations, ...schemas }, (given) =>
    callTool(own, given, mcp.context(), () => {}),
  );
  return server;
}

async function linked(server: McpServer): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  const client = new Client({ name: 'bench', version: '1.0.0' });
  await client.connect(near as Parameters<Client['connect']>[0]);
  return client;
}

async function serve(build: () => McpServer): Promise<{ url: string; close(): Promise<void> }> {
  const handler = createMcpHandler(build);
  const node = toNodeHandler(handler);
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { method = 'POST', url = '/', headers } = request;
    const body = request[Symbol.asyncIterator].bind(request);
    void node({ method, url, headers, [Symbol.asyncIterator]: body }, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      await handler.close();
    },
  };
}

type Lap = { words: string; aimed: boolean; cpuMs: number; wallMs: number };

/** All ways take turns in every round, so that a busy moment of the machine hits all alike. */
async function race(ways: readonly Way[], calls: number): Promise<Lap[]> {
  const laps = ways.map(() => ({ cpu: [] as number[], wall: [] as number[] }));
  for (let round = -5; round < rounds; round += 1)
    for (const [index, { client, call }] of ways.entries()) {
      const { cpuMs, wallMs } = await costOf(async () => {
        for (let n = 0; n < calls; n += 1) {
          const answer = await client.callTool(call);
          if (answer.isError) throw new Error(JSON.stringify(answer.content));
        }
      });
      if (round < 0) continue;
      laps[index]?.cpu.push(cpuMs / calls);
      laps[index]?.wall.push(wallMs / calls);
    }
  return ways.map(({ words, aimed }, index) => ({
    words,
    aimed,
    cpuMs: median(laps[index]?.cpu ?? []),
    wallMs: median(laps[index]?.wall ?? []),
  }));
}

function figuresOf(transport: string, laps: readonly Lap[]): Figure[] {
  const [bare, ...others] = laps;
  const of = (words: string) => `${transport}: ${words}`;
  return [
    ...others.map(({ words, aimed, cpuMs }) => ({
      name: `${of(words)} against trivial, CPU`,
      value: cpuMs / (bare?.cpuMs ?? 1),
      unit: 'times',
      ...(aimed
        ? {
            aim: { below: 1.5 },
            why: `In milliseconds it is ${cpuMs.toFixed(3)} against ${(bare?.cpuMs ?? 0).toFixed(3)}: a result of the product is ten fields, checked on both sides, where the trivial one is a single word.`,
          }
        : {}),
    })),
    ...laps.map(({ words, cpuMs }) => ({ name: `${of(words)}, CPU`, value: cpuMs, unit: 'ms' })),
    ...laps.map(({ words, wallMs }) => ({ name: `${of(words)}, wall`, value: wallMs, unit: 'ms' })),
  ];
}
