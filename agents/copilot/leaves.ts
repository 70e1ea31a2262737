/** What a model provider gets to see, in sentences for the start and the page. `model` as configured. */
export function describesWhatLeaves(model: string): string {
  if (model === 'offline') return 'Answers are phrased on this machine; nothing leaves the plant.';
  const provider = model.split(':')[0] ?? model;
  const to =
    provider === 'ollama'
      ? 'the Ollama server that is configured'
      : `the provider ${provider.charAt(0).toUpperCase()}${provider.slice(1)}`;
  return (
    `Answers are phrased by ${model}. Each question and what the tools returned for it ` +
    `(names of lines and machines, times, alarm texts, order numbers, notes) go to ${to}. ` +
    'Names of the people in the configuration are replaced by their roles first. Alerts and diagnosis never use it.'
  );
}
