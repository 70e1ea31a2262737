/** Calls to Andon's own server; a refusal becomes an Error with its sentence. */
let sessionToken = '';
export const setSessionToken = (token) => {
  sessionToken = token;
};

async function read(response) {
  const body = await response
    .json()
    .catch(() => ({ error: { message: `The server answered ${response.status}.`, next: '' } }));
  if (response.ok) return body;
  throw Object.assign(new Error([body.error?.message, body.error?.next].filter(Boolean).join(' ')), {
    status: response.status,
  });
}

export const get = async (path) => read(await fetch(path));

export const post = async (path, body, signal) =>
  read(
    await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-andon-session': sessionToken },
      body: JSON.stringify(body),
      signal,
    }),
  );
