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
/** What was said, and who waits for what. */
type Conversation = {
  child: ChildProcess;
  opened: PromiseWithResolvers<Of<'ready'>>;
  past: OfPast[];
  wantPast: Waiting<OfPast>[];
  replies: Map<number, Waiting<unknown>>;
  lastId: number;
  /** Set once the child is gone or could not start. */
  failure: AndonError | null;
};

export function openTalk(child: ChildProcess, log: (sentence: string) => void): Talk {
  const talk: Conversation = {
    child,
    opened: Promise.withResolvers<Of<'ready'>>(),
    past: [],
    wantPast: [],
    replies: new Map(),
    lastId: 0,
    failure: null,
  };
  talk.opened.promise.catch(() => undefined);
  listen(talk, log);
  return {
    tell: (message) => tell(child, message),
    async ready(withinMs) {
      const late = () => stop(talk, `The demo plant did not come up within ${withinMs / 1000} s.`);
      const deadline = setTimeout(late, withinMs);
      return talk.opened.promise.finally(() => clearTimeout(deadline));
    },
    async nextOfPast() {
      return talk.past.shift() ?? waitFor(talk, (waiting) => void talk.wantPast.push(waiting));
    },
    control: (command) =>
      waitFor(talk, (waiting) => {
        talk.lastId += 1;
        talk.replies.set(talk.lastId, waiting);
        tell(child, { type: 'control', id: talk.lastId, command });
      }),
    ended: () => child.exitCode !== null || child.signalCode !== null,
  };
}

function tell(child: ChildProcess, message: ToChild): void {
  if (child.connected) child.send(message, () => undefined);
}

const waitFor = <T>({ failure }: Conversation, keep: (waiting: Waiting<T>) => void): Promise<T> =>
  failure ? Promise.reject(failure) : new Promise<T>((resolve, reject) => keep({ resolve, reject }));

function listen(talk: Conversation, log: (sentence: string) => void): void {
  const { child } = talk;
  let told = '';
  child.on('message', (message: ToParent) => hear(talk, message, log));
  child.on('error', (error) => stop(talk, `The demo plant could not be started: ${error.message}.`));
  child.stderr?.on('data', (text: Buffer) => (told = (told + text.toString()).slice(-2000)));
  child.on('exit', (code, signal) => {
    const last = code ? ` It last said: "${told.trim()}".` : '';
    stop(talk, `The demo plant's process ended (${signal ?? code}).${last}`);
  });
}

function hear(talk: Conversation, message: ToParent, log: (sentence: string) => void): void {
  switch (message.type) {
    case 'ready':
      return talk.opened.resolve(message);
    case 'batch':
    case 'history-end': {
      const waiting = talk.wantPast.shift();
      return waiting ? waiting.resolve(message) : void talk.past.push(message);
    }
    case 'reply':
      talk.replies.get(message.id)?.resolve(message.value);
      return void talk.replies.delete(message.id);
    case 'refused':
      talk.replies.get(message.id)?.reject(new AndonError('bad_input', message.sentence));
      return void talk.replies.delete(message.id);
    case 'log':
      return log(message.sentence);
    case 'failed':
      log(`The demo plant stopped: ${message.sentence}`);
      return stop(talk, `The demo plant stopped: ${message.sentence}`);
  }
}

/** Everybody who waits gets the first failure. */
function stop(talk: Conversation, sentence: string): void {
  talk.failure ??= new AndonError(
    'unreachable',
    sentence,
    'Start Andon again to start the demo plant again.',
  );
  talk.opened.reject(talk.failure);
  for (const waiting of [...talk.wantPast.splice(0), ...talk.replies.values()]) waiting.reject(talk.failure);
  talk.replies.clear();
}
