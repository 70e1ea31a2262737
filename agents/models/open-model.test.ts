import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Which of these packages a process has loaded after opening a model. */
async function loadedBy(model: string): Promise<string[]> {
  const script = `
    import { registerHooks } from 'node:module';
    const seen = new Set();
    registerHooks({ resolve(specifier, context, next) { seen.add(specifier); return next(specifier, context); } });
    const { openModel } = await import(${JSON.stringify(new URL('./open-model.ts', import.meta.url).href)});
    await openModel({ model: ${JSON.stringify(model)}, key: 'k' });
    console.log(JSON.stringify(['@langchain/openai', '@langchain/anthropic', '@langchain/ollama'].filter((one) => seen.has(one))));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout) as string[];
}

test.each([
  ['offline', []],
  ['openai:gpt-4o', ['@langchain/openai']],
  ['anthropic:claude-sonnet-4-5', ['@langchain/anthropic']],
  ['ollama:llama3', ['@langchain/ollama']],
])('%s loads its own package and no other', async (model, packages) => {
  expect(await loadedBy(model)).toEqual(packages);
});
