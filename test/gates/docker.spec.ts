import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { composeProblems, dockerfileProblems, forgottenWorkspaces } from '../../scripts/checks/docker.mjs';
import { projectRoot } from './planted-tree.js';

const dockerfile = readFileSync(join(projectRoot, 'docker/Dockerfile'), 'utf8');
const compose = readFileSync(join(projectRoot, 'docker/compose.yaml'), 'utf8');

/** A text with one fault planted; fails where the text no longer holds what the fault replaces. */
function plant(text: string, search: string | RegExp, replacement: string): string {
  const planted = text.replace(search, replacement);
  expect(planted).not.toBe(text);
  return planted;
}

describe('Dockerfile', () => {
  test('it parses, every source is there, and every workspace is copied before npm ci', () => {
    expect(dockerfileProblems(dockerfile, projectRoot)).toEqual([]);
    expect(forgottenWorkspaces(dockerfile, projectRoot)).toEqual([]);
  });

  test.each([
    ['a misspelt instruction', 'WORKDIR /app', 'WORKDIRR /app', 'no instruction WORKDIRR'],
    ['a floating base', /FROM node:24-bookworm-slim AS run/, 'FROM node AS run', 'name a version'],
    ['a musl base', /24-bookworm-slim AS run/, '24-alpine AS run', 'glibc'],
    ['a source that is absent', 'COPY scripts scripts', 'COPY skripts scripts', 'not in the build context'],
    ['a stage that is absent', 'COPY --from=build /app/prisma', 'COPY --from=builder /app/prisma', 'no such stage'],
    ['root', 'USER node\n', 'USER root\n', 'runs as root'],
    ['no user', 'USER node\n', '', 'runs as root'],
    ['a health check of the stores', '/health/live', '/health/ready', 'no HEALTHCHECK'],
    ['a start through a shell', /ENTRYPOINT .*/, 'ENTRYPOINT node apps/standalone/dist/main.js', 'as a list'],
  ])('%s is refused', (_, search, replacement, complaint) => {
    expect(dockerfileProblems(plant(dockerfile, search, replacement), projectRoot).join('\n')).toContain(complaint);
  });

  test('a forgotten workspace is refused', () => {
    const planted = plant(dockerfile, 'COPY libs/domain/package.json libs/domain/\n', '');
    expect(forgottenWorkspaces(planted, projectRoot)).toEqual(['libs/domain/package.json is not copied before npm ci']);
  });
});

describe('compose.yaml', () => {
  test('it parses and holds together', () => {
    expect(composeProblems(compose, undefined)).toEqual([]);
  });

  test('the app is published where its image listens, on the loopback of the host unless asked otherwise', () => {
    const { services } = parse(compose) as { services: { app: { ports: readonly string[] } } };
    expect(services.app.ports).toEqual(['${HEADWATER_PUBLISH:-127.0.0.1}:4000:4000']);
    expect(dockerfile).toMatch(/^ENV .*\\\n(?: .*\\\n)* {4}HOST=0\.0\.0\.0 /m);
    expect(dockerfile).toContain('EXPOSE 4000');
  });

  test.each([
    ['broken YAML', 'services:\n', 'services: [\n', 'Unexpected'],
    ['a key given twice', '  neo4j:\n    image', '  postgres: {}\n  neo4j:\n    image', 'unique'],
    [
      'a password with a default',
      /\$\{POSTGRES_PASSWORD:\?[^}]+\}\n {6}POSTGRES_DB/,
      'secret\n      POSTGRES_DB',
      'no default',
    ],
    ['an undeclared volume', '  neo4j-data:\n', '', 'volume neo4j-data is not declared'],
    [
      'an app without authentication',
      '      NEO4J_URI: bolt',
      "      HEADWATER_AUTH: 'off'\n      NEO4J_URI: bolt",
      'without authentication',
    ],
    ['a floating image', 'neo4j:5.26-community', 'neo4j', 'name a version'],
    [
      'a dependency on no service',
      '      neo4j:\n        condition',
      '      neo5j:\n        condition',
      'which is no service',
    ],
    [
      'a service without health check',
      /healthcheck:\n {6}test: \['CMD-SHELL', 'pg/,
      "unchecked:\n      test: ['CMD-SHELL', 'pg",
      'no healthcheck',
    ],
  ])('%s is refused', (_, search, replacement, complaint) => {
    expect(composeProblems(plant(compose, search, replacement), undefined).join('\n')).toContain(complaint);
  });

  test('a variable that is no setting of the app is refused', () => {
    const known = new Set(['DATABASE_URL', 'NEO4J_URI', 'NEO4J_USER']);
    expect(composeProblems(compose, known)).toEqual(['app: there is no setting NEO4J_PASSWORD']);
  });
});
