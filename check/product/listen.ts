import type { AlertMessage } from '../../plant/message.ts';
import type { Product } from './start-product.ts';

/** What an open page saw of alerts so far: each as often as something of it changed, in order. */
export type Listening = { alerts: AlertMessage[]; close(): void };

/** Listens as a page does: it hears that something changed, and then asks for it. */
export async function listenTo(product: Pick<Product, 'url' | 'get'>): Promise<Listening> {
  const stop = new AbortController();
  const response = await fetch(`${product.url}/api/events`, { signal: stop.signal });
  if (!response.ok || !response.body) throw new Error(`/api/events answered ${response.status}`);
  const alerts: AlertMessage[] = [];
  const seen = new Set<string>();
  const look = async () => {
    const { status, text } = await product.get('/api/floor');
    if (status !== 200) throw new Error(`/api/floor answered ${status}: ${text}`);
    for (const alert of (JSON.parse(text) as { alerts: AlertMessage[] }).alerts) {
      const said = [alert.key, alert.version, alert.state, alert.firstLine].join('\n');
      if (!seen.has(said)) alerts.push(alert);
      seen.add(said);
    }
  };
  void (async () => {
    let rest = '';
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = `${rest}${text}`.split('\n\n');
      rest = blocks.pop() ?? '';
      // What changes while it looks is heard of after that.
      if (blocks.some((block) => block.startsWith('event: change\n'))) await look();
    }
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return { alerts, close: () => stop.abort() };
}
