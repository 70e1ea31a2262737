import type { Message } from '../../plant/message.ts';

/** What an open page was told so far. */
export type Listening = { messages: Message[]; close(): void };

/** Reads the page's stream of events as a browser does. */
export async function listenTo(url: string): Promise<Listening> {
  const stop = new AbortController();
  const response = await fetch(url, { signal: stop.signal });
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
  const messages: Message[] = [];
  void (async () => {
    let rest = '';
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = `${rest}${text}`.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^event: message\ndata: (.*)$/m.exec(block)?.[1];
        if (data) messages.push(JSON.parse(data) as Message);
      }
    }
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return { messages, close: () => stop.abort() };
}
