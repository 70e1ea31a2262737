import type { Turn } from './turn.ts';

/** Why a provider's model did not answer, in one sentence without its own words, which are text from outside. */
export function reasonOf(model: string, error: unknown): string {
  const { name = '', status, message = '' } = error as { name?: string; status?: number; message?: string };
  if (name === 'TimeoutError' || name === 'AbortError' || /timed? ?out|aborted/i.test(message))
    return `${model} did not answer in time.`;
  if (status === 429) return `${model} has too many requests at the moment.`;
  if (status === 401 || status === 403) return `${model} refused the key.`;
  if (status === 404) return `${model} is not known to the provider.`;
  if (status !== undefined && status >= 500) return `${model} answered with error ${status}.`;
  if (status !== undefined) return `${model} refused the question with status ${status}.`;
  if (/limit/i.test(name) || /call limit|recursion/i.test(message)) return `${model} did not come to an end.`;
  if (/connection|fetch failed|ECONN|ENOTFOUND|socket/i.test(`${name} ${message}`))
    return `${model} cannot be reached.`;
  return `${model} answered with something that could not be read.`;
}

/** Why an answer that came cannot be sent: empty, or given without looking at the plant. */
export function refusal(
  model: string,
  said: Turn,
  reading: { intents: readonly string[]; unclear: { kind: string } | null },
): string | null {
  if (said.text === '') return `${model} ended without an answer.`;
  const looked = said.results.some(({ structured, refused }) => structured !== null || refused !== null);
  if (!looked && !reading.intents.includes('capabilities'))
    return `${model} answered without looking at the plant.`;
  return null;
}
