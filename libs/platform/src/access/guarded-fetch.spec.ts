import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkedLookup, guardedFetch } from './guarded-fetch.js';

// Public by the registry, and nothing is behind it (RFC 7535: AS112 sinks what comes).
const PUBLIC = '192.31.196.9';
const REFUSED = { category: 'FORBIDDEN', reason: 'SSRF' };
const ISSUER = new URL('https://issuer.example');

/** A resolver that gives one list of addresses after the other, then the last for ever. */
function resolver(...answers: readonly (readonly string[])[]): { readonly lookup: LookupFunction; calls: number } {
  const state = {
    calls: 0,
    lookup: ((_name, _options, callback) => {
      const addresses = answers[Math.min(state.calls, answers.length - 1)] ?? [];
      state.calls += 1;
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    }) as LookupFunction,
  };
  return state;
}

describe('what is not called', () => {
  test.each([
    ['plain http', 'http://keys.example/'],
    ['another scheme', 'file:///etc/passwd'],
    ['user information', 'https://issuer.example@keys.example/'],
    ['user information at the issuer', 'https://user:secret@issuer.example/'],
    ['loopback', 'https://127.0.0.1/'],
    ['loopback with a trailing dot', 'https://127.0.0.1./'],
    ['decimal', 'https://2130706433/'],
    ['octal', 'https://0177.0.0.1/'],
    ['hexadecimal', 'https://0x7f000001/'],
    ['hexadecimal parts', 'https://0xA9.0xFE.0xA9.0xFE/'],
    ['short', 'https://127.1/'],
    ['zero', 'https://0/'],
    ['wide digits', 'https://１２７.0.0.1/'],
    ['IPv6 loopback', 'https://[::1]/'],
    ['IPv4-mapped', 'https://[::ffff:127.0.0.1]/'],
    ['IPv4-mapped metadata', 'https://[::ffff:a9fe:a9fe]/'],
    ['NAT64', 'https://[64:ff9b::a9fe:a9fe]/'],
    ['the issuer at another port, inside', 'https://127.0.0.1:8443/'],
  ])('%s is refused without a look-up: %s', async (_, url) => {
    const names = resolver([PUBLIC]);
    await expect(guardedFetch(ISSUER, { lookup: names.lookup })(url)).rejects.toMatchObject(REFUSED);
    expect(names.calls).toBe(0);
  });

  test.each([
    ['inside', ['10.0.0.7']],
    ['partly inside', [PUBLIC, '127.0.0.1']],
    ['inside by IPv6', ['fd00::1']],
    ['IPv4-mapped', ['::ffff:10.0.0.7']],
    ['nowhere', []],
  ])('a name that leads %s is refused', async (_, addresses) => {
    const fetchGuarded = guardedFetch(ISSUER, { lookup: resolver(addresses).lookup });
    await expect(fetchGuarded('https://keys.example/')).rejects.toMatchObject(REFUSED);
    await expect(fetchGuarded(new Request('https://localhost./'))).rejects.toMatchObject(REFUSED);
  });

  test('the error names the host and nothing of the path or the query', async () => {
    await expect(guardedFetch(ISSUER)('https://127.0.0.1/a?code=secret')).rejects.toThrow(
      'Requests to 127.0.0.1 are not made from here',
    );
  });
});

describe('a resolver that changes its answer', () => {
  test('the connection goes to the address that was checked, and the name is looked up once', async () => {
    const names = resolver([PUBLIC], ['127.0.0.1']);
    const lookup = checkedLookup(names.lookup);
    const given = await new Promise((resolve, reject) => {
      lookup('keys.example', { all: true }, (error, addresses) => {
        if (error === null) resolve(addresses);
        else reject(error);
      });
    });
    expect(given).toEqual([{ address: PUBLIC, family: 4 }]);
    expect(names.calls).toBe(1);
  });

  test('one address is given where one is asked for, and an error stays that error', async () => {
    const once = (lookup: LookupFunction) =>
      new Promise((resolve) => {
        lookup('keys.example', {}, (error, address, family) => {
          resolve(error ?? [address, family]);
        });
      });
    expect(await once(checkedLookup(resolver([PUBLIC, '8.8.8.8']).lookup))).toEqual([PUBLIC, 4]);
    const gone = new Error('ENOTFOUND');
    expect(
      await once(
        checkedLookup((_name, _options, callback) => {
          callback(gone, []);
        }),
      ),
    ).toBe(gone);
  });

  test('what it says after the check reaches nobody', async () => {
    let hits = 0;
    const inside = createServer((_request, response) => {
      hits += 1;
      response.end();
    });
    const port = await listening(inside);
    const names = resolver([PUBLIC], ['127.0.0.1']);
    const fetchGuarded = guardedFetch(ISSUER, { lookup: names.lookup, timeoutMs: 300 });
    await expect(fetchGuarded(`https://keys.example:${port}/`)).rejects.toThrow();
    expect(names.calls).toBe(1);
    await expect(fetchGuarded(`https://keys.example:${port}/`)).rejects.toMatchObject(REFUSED);
    expect(hits).toBe(0);
    inside.close();
  });
});

describe('the trusted origin', () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let hits = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      hits += 1;
      answer(request, response);
    });
    url = `http://127.0.0.1:${await listening(server)}`;
  });
  beforeEach(() => (hits = 0));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('is called wherever it is, with method, headers and body', async () => {
    answer = (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.setHeader('set-cookie', ['a=1', 'b=2']);
        response.end(JSON.stringify([request.method, request.url, request.headers['content-type'], body]));
      });
    };
    const response = await guardedFetch(new URL(url))(`${url}/token?x=1`, {
      method: 'POST',
      body: new URLSearchParams({ code: 'a b' }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.json()).toEqual([
      'POST',
      '/token?x=1',
      'application/x-www-form-urlencoded;charset=UTF-8',
      'code=a+b',
    ]);
  });

  test('a redirect is given back and not followed', async () => {
    answer = (_request, response) => response.writeHead(302, { location: `${url}/elsewhere` }).end();
    const response = await guardedFetch(new URL(url))(url);
    expect([response.status, response.headers.get('location'), hits]).toEqual([302, `${url}/elsewhere`, 1]);
  });

  test('an answer without a body is one', async () => {
    answer = (_request, response) => response.writeHead(204).end();
    expect([(await guardedFetch(new URL(url))(url)).status, hits]).toEqual([204, 1]);
  });

  test('an answer that is too long is cut off', async () => {
    answer = (_request, response) => response.end(Buffer.alloc(300_000, 'x'));
    const rejected = expect(guardedFetch(new URL(url), { maxBytes: 100_000 })(url)).rejects;
    await rejected.toMatchObject({ category: 'UNAVAILABLE', reason: 'ANSWER_TOO_LARGE' });
  });

  test('an answer that does not come, or does not end, is a timeout', async () => {
    answer = () => undefined;
    await expect(guardedFetch(new URL(url), { timeoutMs: 50 })(url)).rejects.toMatchObject({ name: 'TimeoutError' });
    answer = (_request, response) => void response.write('{');
    await expect(guardedFetch(new URL(url), { timeoutMs: 50 })(url)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('a caller that gives up is heard', async () => {
    answer = () => undefined;
    const reason = new Error('enough');
    const controller = new AbortController();
    const asked = guardedFetch(new URL(url))(url, { signal: controller.signal });
    setTimeout(() => {
      controller.abort(reason);
    }, 20);
    await expect(asked).rejects.toBe(reason);
  });
});

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(String(typeof address === 'object' ? address?.port : ''));
    });
  });
}
