import { AndonError } from '../plant/errors.ts';

/** What a running simulator tells of itself: where its servers are and how to sign in. */
type Running = {
  addresses: { opcua: string; erp: string; mes: string; notes: string };
  credentials: { user: string; password: string; erpUser: string; erpPassword: string; mesKey: string };
};

/**
 * Options with every `simulator:NAME` replaced by what the running simulator offers under that name.
 * Its ports are free ones, so they are known only once it runs.
 */
export function withSimulator<T>(options: T, simulator: Running | null): T {
  const { addresses, credentials } = simulator ?? {};
  const known: Record<string, string | undefined> = {
    ...addresses,
    user: credentials?.user,
    password: credentials?.password,
    'erp-user': credentials?.erpUser,
    'erp-password': credentials?.erpPassword,
    'mes-key': credentials?.mesKey,
  };
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replace(one)]));
    if (typeof value !== 'string' || !value.startsWith('simulator:')) return value;
    const found = known[value.slice('simulator:'.length)];
    if (found === undefined)
      throw new AndonError(
        'bad_config',
        `A source asks for "${value}", but ${simulator ? 'the simulator has no such thing' : 'no simulator is configured'}.`,
        'Give the real address, or add "simulator:" to the file.',
      );
    return found;
  };
  return replace(options) as T;
}
