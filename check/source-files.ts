/** Reads the house itself: its files and what they import. Shared by the rules beside it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const root = join(import.meta.dirname, '..');

type SourceFile = { path: string; room: string; text: string; imports: Import[] };
/** `file`: the path inside the house for a relative import; else `specifier` names a package. `type`: erased at run time. `lazy`: by `import()`. */
type Import = { specifier: string; file: string | null; type: boolean; lazy: boolean };

/** Every TypeScript file that git knows or would know, tests apart. */
export function sourceFiles(): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((path) => path !== '' && !path.endsWith('.d.ts'))
    .flatMap((path) => {
      try {
        const text = readFileSync(join(root, path), 'utf8');
        return [{ path, room: roomOf(path), text, imports: importsOf(path, text) }];
      } catch {
        return []; // deleted, but not yet committed
      }
    });
}

export const isTest = (file: { path: string }): boolean =>
  /\.test\.ts$|\/test-[\w-]+\.ts$|\/testing\//.test(file.path);

/** `agents/watch` is a room of its own; everything else is the first folder, or the file's name in the root. */
export function roomOf(path: string): string {
  const parts = path.split('/');
  if (parts[0] === 'agents' && parts.length > 2) return `agents/${parts[1]}`;
  return (parts.length > 1 ? parts[0] : parts[0]?.replace(/(\.test)?\.ts$/, '')) ?? '';
}

const statement = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/g;
const dynamic = /\bimport\(\s*'([^']+)'\s*\)/g;

function importsOf(path: string, text: string): Import[] {
  const resolve = (specifier: string) =>
    specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : null;
  const fixed = [...text.matchAll(statement)].map((match) => ({
    specifier: match[2] ?? '',
    type: match[1] !== undefined,
    lazy: false,
  }));
  const later = [...text.matchAll(dynamic)].map((match) => ({
    specifier: match[1] ?? '',
    type: false,
    lazy: true,
  }));
  return [...fixed, ...later].map((one) => ({ ...one, file: resolve(one.specifier) }));
}

/** `@scope/name` or `name` of a bare specifier. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
