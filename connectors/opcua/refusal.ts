import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AndonError } from '../../plant/errors.ts';
import type { OpcuaOptions } from './options.ts';

/** A certificate of the server that we did not accept, and why. */
export type Refused = { certificate: Uint8Array; status: string };

const pem = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/;

/** The file in `rejected/` that holds this certificate, if the library put it there. */
async function rejectedFile(pki: string, certificate: Buffer): Promise<string | null> {
  const folder = join(pki, 'rejected');
  for (const name of await readdir(folder).catch(() => [])) {
    const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
    const body = pem.exec(bytes.toString('latin1'))?.[1];
    if ((body ? Buffer.from(body, 'base64') : bytes).equals(certificate)) return join(folder, name);
  }
  return null;
}

async function untrusted(
  server: string,
  { certificate, status }: Refused,
  pki: string,
  because: { cause: unknown },
): Promise<AndonError> {
  const thumbprint = createHash('sha1').update(certificate).digest('hex');
  const file = await rejectedFile(pki, Buffer.from(certificate));
  return new AndonError(
    'bad_upstream',
    `${server} shows a certificate that is not trusted (${status}, SHA-1 thumbprint ${thumbprint}).`,
    `Compare the thumbprint with the server's, then move ${file ?? `it from ${join(pki, 'rejected')}`} to ${join(pki, 'trusted', 'certs')}.`,
    because,
  );
}

/** What the library threw, as a sentence with a way out. Endpoint and folder are ours; the server's text is left out but for its status code. */
export async function refusal(
  error: unknown,
  options: OpcuaOptions,
  pki: string,
  refused: Refused | null,
): Promise<AndonError> {
  if (error instanceof AndonError && error.code !== 'unreachable') return error;
  const said = error instanceof Error ? error.message : String(error);
  const code = /\bBad[A-Z][A-Za-z]+/.exec(said)?.[0] ?? null;
  const server = `The OPC UA server at ${options.endpoint}`;
  const because = { cause: error };
  if (/BadUserAccessDenied|BadIdentityToken|BadUserSignature/.test(said))
    return new AndonError(
      'unauthorised',
      `${server} refuses ${options.user ? `the user ${options.user}` : 'an anonymous session'} (${code}).`,
      options.user
        ? 'Check user and password of this source in the YAML.'
        : 'Give user and password in the YAML.',
      because,
    );
  if (refused) return untrusted(server, refused, pki, because);
  if (/BadCertificate|BadSecurityChecksFailed/.test(said))
    return new AndonError(
      'bad_upstream',
      `${server} does not accept Andon's certificate (${code}).`,
      `Trust ${join(pki, 'own', 'certs', 'client_certificate.pem')} in the server's own list of clients.`,
      because,
    );
  if (
    /endpoint.*(security|not found|cannot find)|cannot find.*endpoint|BadSecurityPolicyRejected|BadSecurityModeRejected/i.test(
      said,
    )
  )
    return new AndonError(
      'bad_upstream',
      `${server} offers no endpoint with security ${options.security}.`,
      'Choose another `security` in the YAML, or switch it on at the server.',
      because,
    );
  return new AndonError(
    'unreachable',
    `${server} does not answer${code ? ` (${code})` : ''}.`,
    'Check that it runs and that this machine may reach the port.',
    because,
  );
}
