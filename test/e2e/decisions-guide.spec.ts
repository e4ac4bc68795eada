import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, makeToken } from '../support/callers.js';
import { dataOf } from '../support/graphql.js';
import { startServer, type TestServer } from '../support/server.js';

const GUIDE = readFileSync(new URL('../../docs/guides/decisions.md', import.meta.url), 'utf8');

/** Commands and documents, each with the answer that stands behind it. */
const steps = [...GUIDE.matchAll(/^```(sh|graphql)\n(.*?)^```\s+^```json\n(.*?)^```$/gms)].map(
  ({ index, 1: language = '', 2: text = '', 3: answer = '' }) => ({
    line: GUIDE.slice(0, index).split('\n').length,
    language,
    text,
    answer: JSON.parse(answer) as object,
  }),
);

/** What a command of the guide sends: its path, its headers but for the token, and its body. */
function requestOf(command: string): {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
} {
  const path = /"\$HEADWATER([^"]+)"/.exec(command)?.[1];
  const body = /-d '(.*)'\n$/s.exec(command)?.[1];
  const headers = [...command.matchAll(/-H '([^:']+): ([^']*)'/g)].map(([, name = '', value = '']) => [name, value]);
  if (path === undefined || body === undefined) throw new Error(`not understood: ${command}`);
  return { path, body, headers: Object.fromEntries(headers) as Record<string, string> };
}

describe('the story of docs/guides/decisions.md', () => {
  let server: TestServer;
  let headers: { readonly authorization: string };

  beforeAll(async () => {
    server = await startServer({ HEADWATER_AUTH: 'on' });
    headers = bearer((await makeToken(server.access)).text);
  });
  afterAll(() => server.close());

  test('every command and every question has its answer behind it', () => {
    expect(steps).toHaveLength(GUIDE.match(/^```(?:sh|graphql)$/gm)?.length ?? 0);
    expect(steps.length).toBeGreaterThan(8);
  });

  test('is told by the program as it stands there', async () => {
    let position = '';
    for (const { line, language, text, answer } of steps) {
      const place = `decisions.md:${String(line)}`;
      if (language === 'graphql') {
        expect(await dataOf(server.url, text, {}, { ...headers, 'headwater-position': position }), place).toEqual(
          answer,
        );
        continue;
      }
      const { path, body, headers: sent } = requestOf(text);
      const said = await fetch(`${server.url}${path}`, { method: 'POST', body, headers: { ...sent, ...headers } });
      position = said.headers.get('headwater-position') ?? position;
      expect(await said.json(), place).toMatchObject(answer);
    }
  });
});
