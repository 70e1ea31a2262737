/** What a statement would do beyond its own connection, read from its text. */
import { othersListen, type Caller, type Hub } from './hub.ts';
import { query, quoted } from './protocol.ts';

const channelOf = (word: string): string =>
  word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.toLowerCase();
const listens = /^\s*listen\s+("(?:[^"]|"")+"|\w+)/i;
const unlistens = /^\s*unlisten\s+(\*|"(?:[^"]|"")+"|\w+)/i;
const copies = /(?:^|;)\s*copy\b/i;

/** Refused inside the database, so that an open transaction fails as it would anywhere. */
const noCopy = query(
  `do $$ begin raise exception 'COPY is not available on the embedded database' using errcode = '0A000', hint = 'insert from unnest() instead'; end $$`,
);
const nothing = query('do $$ begin end $$');

/** Keeps the channels its caller listens on. What to send instead, where it would reach beyond its own connection; null: as it is. */
export function replacementFor(statement: string, caller: Caller, hub: Hub): Buffer | null {
  const listen = listens.exec(statement)?.[1];
  if (listen) caller.channels.add(channelOf(listen));
  const unlisten = unlistens.exec(statement)?.[1];
  if (unlisten) {
    const gone = unlisten === '*' ? [...caller.channels] : [channelOf(unlisten)];
    for (const channel of gone) caller.channels.delete(channel);
    const free = gone.filter((channel) => !othersListen(hub, caller, channel));
    return free.length === 0
      ? nothing
      : query(free.map((channel) => `unlisten ${quoted(channel)}`).join(';'));
  }
  return copies.test(statement) ? noCopy : null;
}
