import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Db } from '../memory/db.ts';
import { openMcpServer } from './server.ts';
import type { OpenMcp } from './server.ts';
import { clientInMemory, clientOverHttp, serveHttp } from './testing/clients.ts';
import { allUp, healthOf, testNow, testPlant } from './testing/plant.ts';

/** A database that is gone: what needs none must answer, what needs one must not leak why. */
const gone: Db = {
  query: () => Promise.reject(new Error('password authentication failed for user "andon" at 10.1.2.3')),
};

const textOf = (result: unknown): string =>
  (result as { content: { type: string; text: string }[] }).content.map(({ text }) => text).join('\n');

describe('the MCP server', () => {
  let mcp: OpenMcp;
  let http: Awaited<ReturnType<typeof serveHttp>>;
  const clients: Record<string, Client> = {};
  const logged: string[] = [];

  beforeAll(async () => {
    mcp = await openMcpServer({
      memory: { pool: gone },
      plant: testPlant,
      people: [],
      clock: () => testNow,
      health: () => [...allUp.slice(0, 3), healthOf('notes', 'Operator notes', 'down', 'The file is gone')],
      log: (sentence) => void logged.push(sentence),
    });
    http = await serveHttp(mcp);
    clients.memory = await clientInMemory(mcp);
    clients.http = await clientOverHttp(http.url);
  });
  afterAll(async () => {
    await Promise.all(Object.values(clients).map((client) => client.close()));
    await mcp.close();
    await http.close();
  });

  const client = (way: string): Client => {
    const found = clients[way];
    if (!found) throw new Error(`no client ${way}`);
    return found;
  };

  it.each(['memory', 'http'])('lists the same tools in the same order, each annotated (%s)', async (way) => {
    const { tools } = await client(way).listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(names).toContain('find_equipment');
    for (const tool of tools) {
      expect(tool.outputSchema?.required).toEqual(
        expect.arrayContaining(['first_line', 'text', 'claims', 'evidence', 'completeness']),
      );
      expect(Object.keys(tool.annotations ?? {}).toSorted()).toEqual(
        ['destructiveHint', 'idempotentHint', 'openWorldHint', 'readOnlyHint', 'title'].toSorted(),
      );
      expect(tool.annotations?.readOnlyHint).toBe(
        !['record_decision', 'respond_to_alert'].includes(tool.name),
      );
    }
  });

  it('spends few tokens on its descriptions', async () => {
    const { tools } = await client('memory').listTools();
    const tokens = (value: unknown): number => JSON.stringify(value).length / 4;
    const inputs = tokens(
      tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
    );
    // 20 tools may cost 5,000 and 15,000 tokens: each its share.
    expect(inputs / tools.length).toBeLessThan(250);
    expect(tokens(tools) / tools.length).toBeLessThan(750);
  });

  it.each(['memory', 'http'])('answers with the same words as text and as data (%s)', async (way) => {
    const result = await client(way).callTool({ name: 'source_health', arguments: {} });
    const data = result.structuredContent as { first_line: string; text: string };
    expect(textOf(result)).toBe(`${data.first_line}\n\n${data.text}`);
    expect(data.first_line).toBe('1 of 4 sources is not up: Operator notes.');
    expect(data.text).toContain('Operator notes does not answer since 14:00: "The file is gone"');
  });

  it('says what to do about a wrong name or argument', async () => {
    const unknown = await client('memory').callTool({
      name: 'find_equipment',
      arguments: { words: 'line 9' },
    });
    expect(unknown.isError).toBe(true);
    expect(textOf(unknown)).toContain('The nearest names: Line 1, Line 3');
    const misspelt = await client('memory').callTool({ name: 'find_equipment', arguments: { word: 'x' } });
    expect(misspelt.isError).toBe(true);
    expect(textOf(misspelt)).toContain('word');
  });

  it('keeps what broke inside to itself', async () => {
    const result = await client('http').callTool({ name: 'line_status', arguments: { line: 'L3' } });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('Something failed inside Andon');
    expect(textOf(result)).not.toMatch(/password|10\.1\.2\.3|Error|\.ts/);
    expect(logged.join('\n')).toContain('password authentication failed');
  });

  it('completes a line and reads the tree', async () => {
    const { contents } = await client('memory').readResource({ uri: 'andon://equipment' });
    const tree = JSON.parse((contents[0] as { text: string }).text) as { lines: { id: string }[] };
    expect(tree.lines.map(({ id }) => id)).toEqual(['line-1', 'line-3']);
    const { resources } = await client('memory').listResources();
    expect(resources.map(({ uri }) => uri)).toContain('andon://lines/line-3/state');
    const ref = { type: 'ref/prompt' as const, name: 'why-did-this-line-stop' };
    const { completion } = await client('memory').complete({
      ref,
      argument: { name: 'line', value: 'bottl' },
    });
    expect(completion.values).toEqual(['line-3']);
    const template = { type: 'ref/resource' as const, uri: 'andon://lines/{line}/state' };
    const lines = await client('memory').complete({ ref: template, argument: { name: 'line', value: '' } });
    expect(lines.completion.values).toEqual(['line-1', 'line-3']);
  });

  it('offers described prompts', async () => {
    const { prompts } = await client('http').listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['why-did-this-line-stop', 'shift-summary']);
    for (const prompt of prompts) expect(prompt.description?.length).toBeGreaterThan(20);
    const prompt = await client('http').getPrompt({
      name: 'why-did-this-line-stop',
      arguments: { line: 'line-3' },
    });
    expect(JSON.stringify(prompt.messages)).toContain('Why did line-3 stop?');
  });

  it('serves the newer protocol on the same address', async () => {
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1.0.0' },
    };
    const response = await fetch(http.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': 'find_equipment',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'find_equipment', arguments: { words: 'L3' }, _meta: meta },
      }),
    });
    const body = (await response.json()) as { result: { structuredContent: { first_line: string } } };
    expect(body.result.structuredContent.first_line).toBe(
      'Line 3: line of 4 machines, also called bottling line.',
    );
  });

  it('refuses a body that is far too large', async () => {
    const response = await fetch(http.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/list',
        params: { x: 'x'.repeat(3_000_000) },
      }),
    });
    expect(response.status).toBe(413);
  });
});
