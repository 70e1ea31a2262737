import { IncomingMessage, request as httpRequest, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHttp, type Http } from './http.ts';
import { createMetrics, healthRoutes } from './http/health.ts';
import { sessionOf, type Session } from './http/session.ts';
import { AndonError } from './plant/errors.ts';

const people = [{ id: 'sam', name: 'Sam', role: 'supervisor' as const, lines: [] }];
const log: string[] = [];
let open: Http;
let closed: Http;
const base = {
  host: '127.0.0.1',
  port: 0,
  people,
  pagePerson: people[0] ?? null,
  log: (line: string) => void log.push(line),
};
beforeAll(async () => {
  open = await openHttp({ ...base, token: null });
  closed = await openHttp({ ...base, token: 'long-random-word' });
  for (const http of [open, closed]) {
    http.route({
      method: 'POST',
      path: '/api/echo',
      handle: (_, response, { body }) => void response.end(JSON.stringify(body)),
    });
    http.route({
      method: 'POST',
      path: '/api/press',
      changes: true,
      handle: (_, response, { person }) => void response.end(person?.id),
    });
    http.route({
      method: 'POST',
      path: '/raw',
      own: true,
      open: true,
      handle: (_, response, { bytes }) => void response.end(String(bytes.length)),
    });
    http.route({
      method: 'GET',
      path: '/fails',
      handle: () => {
        throw new Error('secret detail');
      },
    });
    http.route({ method: 'GET', path: '/', open: true, handle: (_, response) => void response.end('page') });
  }
});
afterAll(async () => {
  await open.close();
  await closed.close();
});

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string; message: string } }).error;

describe('the one server', () => {
  test('parses JSON and answers with security headers', async () => {
    const response = await post(`${open.url}/api/echo`, '{"a":1}');
    expect(await response.json()).toEqual({ a: 1 });
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
  test('refuses a foreign Host and a foreign Origin', async () => {
    const status = await new Promise((done) => {
      httpRequest(`${open.url}/`, { headers: { host: 'evil.example' } }, (response) =>
        done(response.statusCode),
      ).end();
    });
    expect(status).toBe(403);
    expect((await post(`${open.url}/api/echo`, '{}', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(`${open.url}/api/echo`, '{}', { origin: open.url })).status).toBe(200);
  });
  test('a body that is no JSON, broken JSON and 50 MB each get a sentence', async () => {
    expect((await codeOf(await fetch(`${open.url}/api/echo`, { method: 'POST', body: 'a=1' }))).code).toBe(
      'bad_input',
    );
    expect((await codeOf(await post(`${open.url}/api/echo`, '{'))).message).toContain('not valid JSON');
    const big = 'x'.repeat(50 * 1024 * 1024);
    for (const path of ['/api/echo', '/raw'])
      expect((await codeOf(await post(`${open.url}${path}`, big))).message, path).toBe(
        'The body is larger than 1 MB.',
      );
    expect(await (await post(`${open.url}/raw`, 'small')).text()).toBe('5');
  });
  test('a change needs the session token of the page', async () => {
    const page = await fetch(`${open.url}/`, { headers: { accept: 'text/html' } });
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(page.headers.get('set-cookie')).toContain('HttpOnly; SameSite=Strict');
    const session = (await (await fetch(`${open.url}/api/session`, { headers: { cookie } })).json()) as {
      token: string;
    };
    expect((await post(`${open.url}/api/press`, '{}', { cookie })).status).toBe(403);
    const pressed = await post(`${open.url}/api/press`, '{}', { cookie, 'x-andon-session': session.token });
    expect(await pressed.text()).toBe('sam');
  });
  test('with a token: bearer or sign-in', async () => {
    expect((await post(`${closed.url}/api/echo`, '{}')).status).toBe(401);
    expect((await post(`${closed.url}/api/echo`, '{}', { authorization: 'Bearer wrong' })).status).toBe(401);
    expect(
      (await post(`${closed.url}/api/echo`, '{}', { authorization: 'Bearer long-random-word' })).status,
    ).toBe(200);
    const page = await fetch(`${closed.url}/`, { headers: { accept: 'text/html' } });
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { token } = (await (await fetch(`${closed.url}/api/session`, { headers: { cookie } })).json()) as {
      token: string;
    };
    const signIn = (word: string) =>
      post(`${closed.url}/api/sign-in`, JSON.stringify({ token: word }), {
        cookie,
        'x-andon-session': token,
      });
    expect((await signIn('wrong')).status).toBe(401);
    expect((await post(`${closed.url}/api/echo`, '{}', { cookie })).status).toBe(401);
    expect((await signIn('long-random-word')).status).toBe(200);
    expect((await post(`${closed.url}/api/echo`, '{}', { cookie })).status).toBe(200);
  });
  test('screens that are signed in outlast pages that are only opened', () => {
    const sessions = new Map<string, Session>();
    const opened = (cookie = '') => {
      const request = new IncomingMessage(new Socket());
      Object.assign(request, { method: 'GET', headers: { accept: 'text/html', cookie } });
      const options = { ...base, token: 'long-random-word' };
      return sessionOf(request, new ServerResponse(request), sessions, options);
    };
    const screen = opened();
    screen.signedIn = true;
    const [cookie] = sessions.keys();
    for (let some = 0; some < 5_000; some += 1) opened();
    expect(opened(`andon_session=${cookie}`)).toBe(screen);
    expect(sessions.size).toBe(2_000);
  });
  test('what is wrong with a source is told to who is signed in', async () => {
    const problem = 'opc.tcp://10.0.0.7:4840 refuses the certificate /etc/andon/own.pem';
    const health = () => [
      {
        source: 'machines',
        system: 'OPC UA',
        state: 'down' as const,
        lastOkAt: null,
        lastRecordAt: null,
        clockOffsetMs: null,
        problem,
      },
    ];
    for (const http of [open, closed])
      for (const route of healthRoutes(createMetrics(health), health)) http.route(route);
    const told = async ({ url }: Http, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}/readyz`, { headers });
      expect(response.status).toBe(200);
      return ((await response.json()) as { sources: object[] }).sources;
    };
    const source = { source: 'machines', system: 'OPC UA', state: 'down' };
    expect(await told(closed)).toEqual([source]);
    expect(await told(closed, { authorization: 'Bearer long-random-word' })).toEqual([
      { ...source, problem },
    ]);
    expect(await told(open)).toEqual([{ ...source, problem }]);
  });
  test('a defect is logged and not told', async () => {
    const error = await codeOf(await fetch(`${open.url}/fails`));
    expect(error.code).toBe('internal');
    expect(error.message).not.toContain('secret detail');
    expect(log.join()).toContain('secret detail');
  });
  test('a taken port is a sentence', async () => {
    const port = Number(new URL(open.url).port);
    const second = openHttp({
      host: '127.0.0.1',
      port,
      token: null,
      people,
      pagePerson: null,
      log: () => undefined,
    });
    await expect(second).rejects.toThrow(AndonError);
    await expect(second).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
  });
});
