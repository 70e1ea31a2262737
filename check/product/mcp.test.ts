/** A public MCP client that knows nothing of Andon, the Inspector's command line, against the running product. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../source-files.ts';
import { startStandingPlant, type TestPlant } from './start-plant.ts';
import {
  environment,
  preparedData,
  removeFolder,
  shortLife,
  startProduct,
  temporaryFolder,
  until,
  type Product,
} from './start-product.ts';

const folder = temporaryFolder('mcp');
const inspector = join(root, 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');
let plant: TestPlant;
let data: string;
let product: Product;

beforeAll(async () => {
  plant = await startStandingPlant(folder);
  data = await preparedData(folder);
  product = await startProduct({ config: plant.config, data, env: plant.env, flags: shortLife });
  // What is said of a stop needs one.
  await until(
    'a stop of line 3',
    () => product.ask('why did line 3 stop?'),
    ({ diagnosis }) => diagnosis !== null,
  );
});
afterAll(async () => {
  await product?.stop('SIGKILL');
  await plant?.simulator.close();
  removeFolder(folder);
});

function inspect(words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [inspector, '--cli', ...words, '--connect-timeout', '100000'],
      // It keeps settings and secrets in the home folder.
      { cwd: root, env: { ...environment({}), HOME: folder }, timeout: 120_000, maxBuffer: 10_000_000 },
      (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
  });
}

/** What a tool needs to be called at all; the others are called with nothing. */
const needed: Record<string, readonly string[]> = {
  explain_stop: ['line=line 3'],
  line_status: ['line=line 3'],
  read_signals: ['equipment=line-3.capper'],
  record_decision: [
    'line=line 3',
    'what_happened=The capper drive tripped',
    'constraint=no spare drive',
    'response=run slower until the shift ends',
  ],
  respond_to_alert: ['verb=wrong_cause', 'line=line 3', 'words=it was the capper'],
};
const names = [
  'find_bottleneck',
  'find_equipment',
  'line_status',
  'explain_stop',
  'list_stops',
  'read_signals',
  'list_orders',
  'source_health',
  'recall_decisions',
  'record_decision',
  'list_alerts',
  'respond_to_alert',
];

describe('the Inspector', () => {
  const overHttp = () => [`${product.url}/mcp`, '--transport', 'http'];
  const overStdio = (...command: string[]) => [
    ...Object.entries({ ...plant.env, ANDON_CONFIG: plant.config, ANDON_DATA: data }).flatMap(
      ([name, value]) => ['-e', `${name}=${value}`],
    ),
    ...command,
  ];
  test.each([
    ['HTTP', overHttp, overHttp],
    // As it stands in other assistants' settings, with one call; the others without what npm takes to start.
    [
      'stdio',
      () => overStdio('npm', 'run', '-s', 'mcp'),
      () => overStdio(process.execPath, join(root, 'commands/mcp.ts')),
    ],
  ])('lists and calls every tool over %s', async (_, first, target) => {
    const listed = await inspect([...first(), '--method', 'tools/list']);
    expect([listed.code, listed.err]).toEqual([0, '']);
    const { tools } = JSON.parse(listed.out) as { tools: { name: string; outputSchema?: object }[] };
    // Always in the same order, or an assistant's cache of them is lost with each start.
    expect(tools.map(({ name }) => name)).toEqual(names.toSorted());
    expect(tools.filter(({ outputSchema }) => !outputSchema)).toEqual([]);
    const callOne = async (name: string, of = target): Promise<void> => {
      const input = needed[name] ?? [];
      const words = [
        '--method',
        'tools/call',
        '--tool-name',
        name,
        ...(input.length > 0 ? ['--tool-arg', ...input] : []),
      ];
      const called = await inspect([...of(), ...words]);
      expect([name, called.code, called.err]).toEqual([name, 0, '']);
      const { structuredContent, isError } = JSON.parse(called.out) as {
        structuredContent?: { first_line: string; completeness: { complete: boolean } };
        isError?: boolean;
      };
      expect([name, isError ?? false]).toEqual([name, false]);
      expect(structuredContent?.first_line.length, name).toBeGreaterThan(5);
      expect(structuredContent?.completeness.complete, name).toBeTypeOf('boolean');
    };
    // A process each: three at a time keep two cores busy.
    await callOne('explain_stop', first);
    const rest = names.filter((name) => name !== 'explain_stop');
    while (rest.length > 0) await Promise.all(rest.splice(0, 3).map((name) => callOne(name)));
  });

  test('reads the tree of equipment and asks for a prompt', async () => {
    const target = overHttp();
    const [resources, prompts] = await Promise.all([
      inspect([...target, '--method', 'resources/list']),
      inspect([...target, '--method', 'prompts/list']),
    ]);
    expect([resources.code, prompts.code]).toEqual([0, 0]);
    expect((JSON.parse(resources.out) as { resources: unknown[] }).resources.length).toBeGreaterThan(0);
    expect((JSON.parse(prompts.out) as { prompts: unknown[] }).prompts.length).toBeGreaterThan(1);
  });

  test('a line that is not there becomes an error that names the nearest', async () => {
    const words = '--transport http --method tools/call --tool-name line_status --tool-arg';
    const { out } = await inspect([`${product.url}/mcp`, ...words.split(' '), 'line=line 9']);
    expect(out).toMatch(/line 9/);
    expect(out).toMatch(/Line \d/);
    expect(out).toMatch(/"isError": true/);
  });
});
