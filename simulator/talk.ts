import type { ChildProcess } from 'node:child_process';
import { AndonError } from '../plant/errors.ts';
import type { Command, ToChild, ToParent } from './protocol.ts';

type Of<T extends ToParent['type']> = Extract<ToParent, { type: T }>;
type OfPast = Of<'batch'> | Of<'history-end'>;
/** The parent's end of the conversation with the simulated plant. Everybody who waits when the child ends gets an error. */
export type Talk = {
  tell(message: ToChild): void;
  ready(withinMs: number): Promise<Of<'ready'>>;
  /** What came of the past and was not taken yet, in order. */
  nextOfPast(): Promise<OfPast>;
  control(command: Command): Promise<unknown>;
  ended(): boolean;
};
type Waiting<T> = { resolve: (value: T) => void; reject: (error: Error) => void };

export function openTalk(child: ChildProcess, log: (sentence: string) => void): Talk {
  const opened = Promise.withResolvers<Of<'ready'>>();
  opened.promise.catch(() => undefined);
  const past: OfPast[] = [];
  const wantPast: Waiting<OfPast>[] = [];
  const replies = new Map<number, Waiting<unknown>>();
  let lastId = 0;
  let told = '';
  let failure: AndonError | null = null;

  const stop = (sentence: string): void => {
    failure ??= new AndonError('unreachable', sentence, 'Start Andon again to start the demo plant again.');
    opened.reject(failure);
    for (const waiting of [...wantPast.splice(0), ...replies.values()]) waiting.reject(failure);
    replies.clear();
  };
  const hear = (message: ToParent): void => {
    switch (message.type) {
      case 'ready':
        return opened.resolve(message);
      case 'batch':
      case 'history-end': {
        const waiting = wantPast.shift();
        return waiting ? waiting.resolve(message) : void past.push(message);
      }
      case 'reply':
        replies.get(message.id)?.resolve(message.value);
        return void replies.delete(message.id);
      case 'refused':
        replies.get(message.id)?.reject(new AndonError('bad_input', message.sentence));
        return void replies.delete(message.id);
      case 'log':
        return log(message.sentence);
      case 'failed':
        log(`The demo plant stopped: ${message.sentence}`);
        return stop(`The demo plant stopped: ${message.sentence}`);
    }
  };
  child.on('message', hear);
  child.on('error', (error) => stop(`The demo plant could not be started: ${error.message}.`));
  child.stderr?.on('data', (text: Buffer) => (told = (told + text.toString()).slice(-2000)));
  child.on('exit', (code, signal) =>
    stop(
      `The demo plant's process ended (${signal ?? code}).${code ? ` It last said: "${told.trim()}".` : ''}`,
    ),
  );

  const tell = (message: ToChild): void => {
    if (child.connected) child.send(message, () => undefined);
  };
  const waitFor = <T>(keep: (waiting: Waiting<T>) => void): Promise<T> =>
    failure ? Promise.reject(failure) : new Promise<T>((resolve, reject) => keep({ resolve, reject }));
  return {
    tell,
    async ready(withinMs) {
      const late = () => stop(`The demo plant did not come up within ${withinMs / 1000} s.`);
      const deadline = setTimeout(late, withinMs);
      return opened.promise.finally(() => clearTimeout(deadline));
    },
    async nextOfPast() {
      return past.shift() ?? waitFor((waiting) => void wantPast.push(waiting));
    },
    control: (command) =>
      waitFor((waiting) => {
        lastId += 1;
        replies.set(lastId, waiting);
        tell({ type: 'control', id: lastId, command });
      }),
    ended: () => child.exitCode !== null || child.signalCode !== null,
  };
}
