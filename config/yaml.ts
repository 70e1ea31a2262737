/** What went wrong in a YAML file, said with its line, its key and the nearest valid key. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isMap, isNode, isScalar, type Document, type LineCounter } from 'yaml';
import { z } from 'zod';
import { AndonError } from '../plant/errors.ts';
import { editDistance } from '../plant/names.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
/** A parsed file with what it takes to point into it. */
export type Page = { file: string; document: Document; lines: LineCounter; environment: Environment };
export type Path = readonly (string | number)[];

/** The line in the file where this key stands, or its nearest parent. */
export function lineOf(page: Page, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = page.document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    // A key is where it is written, not where its value begins: a block begins on the next line.
    const key = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === last)?.key
      : undefined;
    const node: unknown = key ?? page.document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return page.lines.linePos(node.range[0]).line;
  }
  return 1;
}

const secretKey = /(password|secret|token|key)$/i;

/** Replaces `env:NAME` and `file:PATH`; a literal under a secret's key refuses the start. `simulator:` values stay for later. */
export function resolveSecrets(page: Page, value: unknown, path: Path): unknown {
  if (Array.isArray(value)) return value.map((one, index) => resolveSecrets(page, one, [...path, index]));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, resolveSecrets(page, one, [...path, key])]),
    );
  if (typeof value !== 'string') return value;
  const at = () => `${page.file}, line ${lineOf(page, path)}: ${path.join('.')}`;
  if (value.startsWith('env:')) {
    const found = page.environment[value.slice(4)];
    if (!found)
      throw new AndonError(
        'bad_config',
        `${at()} asks for the environment variable ${value.slice(4)}, which is not set.`,
        'Set it and start again.',
      );
    return found;
  }
  if (value.startsWith('file:')) {
    const path2 = resolve(dirname(page.file), value.slice(5));
    if (!existsSync(path2))
      throw new AndonError(
        'bad_config',
        `${at()} asks for the file ${path2}, which does not exist.`,
        'Create it (mode 0600) and start again.',
      );
    return readFileSync(path2, 'utf8').trim();
  }
  if (
    secretKey.test(String(path.at(-1))) &&
    path[0] !== 'plant' &&
    !value.startsWith('simulator:') &&
    value !== ''
  )
    throw new AndonError(
      'bad_config',
      `${at()} holds a secret in plain text.`,
      'Write env:NAME or file:PATH instead.',
    );
  return value;
}

/** Parses with a schema; the first trouble becomes a sentence with line, key and the nearest valid key. */
export function check(page: Page, schema: z.ZodType, value: unknown, path: Path): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // A misspelt key often leaves a required one missing: the misspelling is what helps.
  const issue = result.error.issues.find((one) => one.code === 'unrecognized_keys') ?? result.error.issues[0];
  if (!issue) throw result.error;
  const inner = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const near = nearest(key, keysAt(schema, inner));
    const where = `${page.file}, line ${lineOf(page, [...path, ...inner, key])}`;
    throw new AndonError(
      'bad_config',
      `${where}: the key "${key}" is not known${inner.length + path.length ? ` under ${[...path, ...inner].join('.')}` : ''}.`,
      near ? `Did you mean "${near}"?` : 'Remove it.',
    );
  }
  throw new AndonError(
    'bad_config',
    `${page.file}, line ${lineOf(page, [...path, ...inner])}: ${[...path, ...inner].join('.') || 'the file'}: ${issue.message}.`,
    'See docs/configuration.md.',
  );
}

type JsonSchema = {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
};
function keysAt(schema: z.ZodType, path: Path): string[] {
  let at: JsonSchema | undefined = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema;
  for (const part of path) {
    const options: JsonSchema[] = at?.anyOf ?? (at ? [at] : []);
    at = options
      .map((option) =>
        typeof part === 'number'
          ? option.items
          : (option.properties?.[part] ??
            (typeof option.additionalProperties === 'object' ? option.additionalProperties : undefined)),
      )
      .find((found) => found !== undefined);
  }
  return (at?.anyOf ?? (at ? [at] : [])).flatMap((option) => Object.keys(option.properties ?? {}));
}

/** The word with the fewest edits away, if at most half of it is edits. */
export function nearest(word: string, words: readonly string[]): string | null {
  const scored = words.map((candidate) => ({
    candidate,
    edits: editDistance(word.toLowerCase(), candidate.toLowerCase()),
  }));
  const best = scored.toSorted((a, b) => a.edits - b.edits)[0];
  return best && best.edits <= Math.max(2, Math.floor(word.length / 2)) ? best.candidate : null;
}
