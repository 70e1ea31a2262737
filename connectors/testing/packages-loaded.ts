import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Packages of node_modules that importing this module loads, in the order of loading. */
export async function packagesLoadedBy(module: string): Promise<string[]> {
  const script = `
    import { registerHooks } from 'node:module';
    const seen = new Set();
    registerHooks({ load(url, context, next) {
      const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
      if (name) seen.add(name);
      return next(url, context);
    } });
    await import(${JSON.stringify(module)});
    console.log(JSON.stringify([...seen]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout) as string[];
}
