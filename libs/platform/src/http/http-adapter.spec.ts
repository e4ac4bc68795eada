import { gzipSync } from 'node:zlib';
import { BytesInFlight } from '@headwater/application/ingest/bytes-in-flight';
import { RefusedEventLog } from '@headwater/application/refusals/refused-event-log';
import { MemoryAccessStore } from '@headwater/store-contract/memory-access-store';
import { MemoryRefusedEventStore } from '@headwater/store-contract/memory-refused-event-store';
import { Body, Controller, Get, Logger, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessServices } from '../access/access-services.js';
import { Route } from '../access/route-access.js';
import { readConfig } from '../config.js';
import { createLogger } from '../logging/logger.js';
import { PlatformModule } from '../platform.module.js';
import { SystemClock } from '../system-clock.js';
import { SystemIdSource } from '../system-id-source.js';
import { HttpAdapter } from './http-adapter.js';

@Controller()
class EchoController {
  @Post('echo')
  @Route({ access: 'SIGNED_IN' })
  echo(@Body() body: unknown): { readonly echoed: unknown } {
    return { echoed: body };
  }

  @Get('broken')
  @Route({ access: 'PUBLIC' })
  broken(): never {
    throw new Error('password=hunter2');
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

const config = readConfig({ HEADWATER_LOG_LEVEL: 'silent', HEADWATER_AUTH: 'off' });
const budget = new BytesInFlight(config.ingest.maxBytesInFlight);
let app: NestFastifyApplication;

beforeAll(async () => {
  const logger = createLogger(config.logging);
  const clock = new SystemClock();
  const store = new MemoryAccessStore(clock);
  const access = new AccessServices({ config, store, clock, ids: new SystemIdSource(), logger });
  const refusedEvents = new RefusedEventLog({
    store: new MemoryRefusedEventStore(clock),
    clock,
    onError: () => undefined,
  });
  const platform = PlatformModule.forRoot({ config, logger, clock, budget, access, refusedEvents });
  Logger.overrideLogger(false);
  const root = { module: EchoModule, imports: [platform] };
  const { gate, refusals } = access;
  const adapter = new HttpAdapter({ config, budget, logger, gate, refusals, refusedEvents });
  app = await NestFactory.create<NestFastifyApplication>(root, adapter);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});

afterAll(() => app.close());

const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/echo', headers: { 'content-type': 'application/json', ...headers }, payload });

test('a route that asks for no bytes gets parsed JSON, compressed or not, and nothing stays in flight', async () => {
  expect((await post('{"a":[1]}')).json()).toEqual({ echoed: { a: [1] } });
  expect((await post(gzipSync('{"a":[1]}'), { 'content-encoding': 'gzip' })).json()).toEqual({ echoed: { a: [1] } });
  expect(budget.used).toBe(0);
});

test('JSON that is broken, poisons prototypes or is too large is refused as a problem', async () => {
  expect((await post('{')).statusCode).toBe(400);
  expect((await post('{"__proto__":{"x":1}}')).statusCode).toBe(400);
  expect((await post(`"${'x'.repeat(1024 * 1024)}"`)).statusCode).toBe(413);
  expect((await post('a=1', { 'content-type': 'application/x-www-form-urlencoded' })).statusCode).toBe(415);
  expect(budget.used).toBe(0);
});

test('an unexpected error says nothing of itself', async () => {
  const answer = await app.inject({ url: '/broken' });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([500, 'application/problem+json; charset=utf-8']);
  expect(answer.body).not.toContain('hunter2');
});
