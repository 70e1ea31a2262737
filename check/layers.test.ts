import { describe, expect, test } from 'vitest';
import { isTest, packageOf, roomOf, sourceFiles } from './source-files.ts';

/** Who may import whom. `*`: everything. Top to bottom is the road of the data. */
const mayImport: Record<string, readonly string[] | '*'> = {
  plant: [],
  connectors: ['plant'],
  simulator: ['plant'],
  memory: ['plant'],
  'mcp-server': ['plant', 'memory'],
  'agents/copilot': ['plant'],
  'agents/models': ['plant'],
  'agents/watch': ['plant', 'memory'],
  bots: ['plant'],
  config: ['plant'],
  http: ['plant'],
  main: '*',
  '.ci': '*',
  commands: '*',
  evals: '*',
  bench: '*',
  check: '*',
  'vitest.config': '*',
};

/** Each heavy package has one home; everywhere else it is a stranger. */
const homes: Record<string, readonly string[]> = {
  'node-opcua': ['connectors', 'simulator'],
  pg: ['memory'],
  pgvector: ['memory'],
  '@electric-sql/pglite': ['memory'],
  '@electric-sql/pglite-pgvector': ['memory'],
  '@modelcontextprotocol/server': ['mcp-server'],
  '@modelcontextprotocol/node': ['mcp-server'],
  '@modelcontextprotocol/sdk': ['agents/copilot', 'mcp-server'],
  langchain: ['agents/copilot', 'agents/models'],
  '@langchain/core': ['agents/copilot', 'agents/models'],
  '@langchain/openai': ['agents/models'],
  '@langchain/anthropic': ['agents/models'],
  '@langchain/ollama': ['agents/models'],
  '@energetic-ai/embeddings': ['agents/models'],
  bullmq: ['agents/watch'],
  ioredis: ['agents/watch'],
  '@slack/bolt': ['bots'],
  botbuilder: ['bots'],
  vega: ['bots'],
  'vega-lite': ['bots'],
  '@resvg/resvg-js': ['bots'],
};
const free = new Set(['evals', 'bench', 'check', 'commands', 'main']);

const files = sourceFiles();
const product = files.filter((file) => !isTest(file));

describe('layers', () => {
  test('the table names every room', () => {
    expect(files.filter((file) => !(file.room in mayImport)).map((file) => file.path)).toEqual([]);
  });
  test('no room imports what it may not', () => {
    const wrong = product.flatMap((file) =>
      file.imports
        .filter((one) => one.file !== null)
        .map((one) => ({ from: file, to: roomOf(one.file ?? '') }))
        .filter(
          ({ from, to }) =>
            to !== from.room && mayImport[from.room] !== '*' && !mayImport[from.room]?.includes(to),
        )
        .map(({ from, to }) => `${from.path} imports ${to}`),
    );
    expect(wrong).toEqual([]);
  });
  test('plant imports no package but zod, and nothing of Node but types', () => {
    const wrong = product
      .filter((file) => file.room === 'plant')
      .flatMap((file) =>
        file.imports
          .filter((one) => one.file === null && one.specifier !== 'zod' && !one.type)
          .map((one) => `${file.path} imports ${one.specifier}`),
      );
    expect(wrong).toEqual([]);
  });
  test('heavy packages stay at home', () => {
    const wrong = product.flatMap((file) =>
      file.imports
        .filter(
          (one) =>
            one.file === null &&
            homes[packageOf(one.specifier)] &&
            !homes[packageOf(one.specifier)]?.includes(file.room) &&
            !free.has(file.room),
        )
        .map((one) => `${file.path} imports ${one.specifier}`),
    );
    expect(wrong).toEqual([]);
  });
  test('nobody but config and the entry points reads the environment', () => {
    const allowed = /^(main|config|vitest\.config)\.ts$|^(check|evals|bench|commands)\//;
    const wrong = product
      .filter((file) => !allowed.test(file.path) && /process\.env\b/.test(file.text))
      .map((file) => file.path);
    expect(wrong).toEqual([]);
  });
});
