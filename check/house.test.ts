import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { membersOf } from '../config/registry.ts';
import { isTest, root, sourceFiles } from './source-files.ts';

const files = sourceFiles();
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path}`),
];
const registries = ['connectors', 'bots', 'agents/watch/detectors'];

describe('the house', () => {
  test('no enums, namespaces, parameter properties or decorators: Node runs the files as they are', () => {
    const strange =
      /^\s*(export\s+)?(const\s+)?enum\s+\w|^\s*(export\s+)?namespace\s+\w|constructor\([^)]*\b(public|private|protected|readonly)\s|^\s*@\w+(\(.*\))?\s*$/m;
    expect(
      files
        .filter((file) => !file.path.startsWith('check/') && strange.test(file.text))
        .map((file) => file.path),
    ).toEqual([]);
  });
  test('files stay small enough to read: at most 300 lines, most under 250', () => {
    const lines = files
      .filter((file) => !isTest(file))
      .map((file) => ({ path: file.path, lines: file.text.split('\n').length }));
    expect(lines.filter((file) => file.lines > 300)).toEqual([]);
    expect(lines.filter((file) => file.lines > 250).length / lines.length).toBeLessThan(0.08);
  });
  test('no names that say nothing', () => {
    const empty = /(^|[-/])(manager|helpers?|utils?|base|common|misc)(\.|-|\/)/;
    expect(files.filter((file) => empty.test(file.path)).map((file) => file.path)).toEqual([]);
  });
  test.each(registries)(
    '%s/ is its own registry: every member exports its options by default',
    async (folder) => {
      const members = membersOf(folder);
      expect(members.length).toBeGreaterThan(0);
      for (const name of members) {
        const path = existsSync(join(root, folder, `${name}.ts`)) ? `${name}.ts` : `${name}/index.ts`;
        const { default: member } = (await import(join(root, folder, path))) as {
          default?: { options?: { safeParse?: unknown } };
        };
        expect(
          member?.options?.safeParse,
          `${folder}/${path} needs a default export with zod options`,
        ).toBeTypeOf('function');
      }
    },
  );
  test('reading the configuration loads nothing heavy', () => {
    const program = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ resolve(specifier, context, next) { const found = next(specifier, context); if (/node_modules/.test(found.url)) loaded.push(found.url.replace(/.*node_modules\\/((@[^/]+\\/)?[^/]+).*/, '$1')); return found; } });
      const { readConfig } = await import(${JSON.stringify(join(root, 'config.ts'))});
      await readConfig({ ANDON_CONFIG: ${JSON.stringify(join(root, 'demo.yaml'))} });
      console.log([...new Set(loaded)].join(' '));`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      cwd: root,
    });
    expect(run.stderr).toBe('');
    expect(run.stdout.trim().split(' ').toSorted()).toEqual(
      ['csv-parse', 'yaml', 'zod'].filter((name) => run.stdout.includes(name)),
    );
    expect(run.stdout).toContain('zod');
  });
  test('every command that a document names exists', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const texts = documents.map((path) => readFileSync(join(root, path), 'utf8'));
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = texts.flatMap((text) =>
      [...text.matchAll(/npm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map(
        (match) => match[1] ?? match[2] ?? '',
      ),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    expect(readme.split('\n').length).toBeLessThanOrEqual(120);
  });
  test('every file a document points at exists', () => {
    const missing = documents.flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map((match) => join(root, path, '..', match[1] ?? ''))
        .filter((target) => !existsSync(target))
        .map((target) => `${path} -> ${target.slice(root.length + 1)}`),
    );
    expect(missing).toEqual([]);
  });
});
