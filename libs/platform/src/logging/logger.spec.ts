import { expect, test } from 'vitest';
import { createLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';

function capture() {
  const lines: string[] = [];
  const logger = createLogger({ level: 'debug', destination: { write: (line: string) => void lines.push(line) } });
  return { logger, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test('secrets are redacted wherever they stand in what is logged', () => {
  const { logger, read } = capture();
  logger.info(
    { authorization: 'hunter2', headers: { cookie: 'hunter2' }, a: { b: { password: 'hunter2' } } },
    'Request',
  );
  expect(JSON.stringify(read())).not.toContain('hunter2');
  expect(read()[0]).toMatchObject({ level: 'info', msg: 'Request', authorization: '[redacted]' });
});

test("Nest's messages keep their context and error, and what it tells about its start is detail", () => {
  const { logger, read } = capture();
  const nest = new NestLogger(logger);
  nest.log('started', 'NestFactory');
  nest.error(new Error('broken'), 'Router');
  nest.verbose('too quiet to be logged');
  expect(read()).toMatchObject([
    { level: 'debug', msg: 'started', context: 'NestFactory' },
    { level: 'error', msg: 'broken', context: 'Router', err: { message: 'broken' } },
  ]);
});
