import { readFileSync, readdirSync } from 'node:fs';

/** State letter and parent of a process, from `/proc/PID/stat`: its name may hold spaces and brackets. null: there is none. */
function statOf(pid: number): { state: string; parent: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
}

/** Is there such a process? One that ended and whose parent has not asked how is dead; in a container it stays so for ever. */
export const lives = (pid: number): boolean => !'ZX'.includes(statOf(pid)?.state ?? 'X');

/** Processes whose parent is `pid`, theirs too. */
export function childrenOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (stat) parents.set(Number(name), stat.parent);
  }
  const below = (one: number): number[] =>
    [...parents].filter(([, parent]) => parent === one).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}
