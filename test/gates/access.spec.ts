import { AccessQueryResolver } from '@headwater/catalog-api/resolvers/access.query.resolver';
import { ChangesResolver } from '@headwater/catalog-api/resolvers/changes.resolver';
import { OperationsController } from '@headwater/standalone/operations/operations.controller';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../support/server.js';

/** Where Nest's Fastify adapter keeps what `@Route` declares, and where `@Operation` keeps what it does. */
const ROUTE = '__fastify_route_config__';
const OPERATION = 'headwater:operation';

/** Takes away what a method declares, as if whoever wrote it had forgotten, until the test ends. */
function forget(controller: { readonly prototype: object }, method: string, key: string): void {
  const handler = (controller.prototype as Record<string, object>)[method];
  if (handler === undefined) throw new Error(`there is no ${method}`);
  const declared: unknown = Reflect.getMetadata(key, handler);
  if (declared === undefined) throw new Error(`${method} declares nothing under ${key}`);
  Reflect.deleteMetadata(key, handler);
  onTestFinished(() => {
    Reflect.defineMetadata(key, declared, handler);
  });
}

test('a controller method that declares no access keeps the server from starting, and is named', async () => {
  forget(OperationsController, 'prometheus', ROUTE);
  await expect(startServer()).rejects.toThrow('Routes that declare no access: GET /metrics');
});

test('a query that declares no scope keeps the server from starting, and is named', async () => {
  forget(AccessQueryResolver, 'tokens', OPERATION);
  await expect(startServer()).rejects.toThrow('Root fields that declare no scope: Query.tokens');
});

test('a subscription that declares no scope keeps the server from starting, and is named', async () => {
  forget(ChangesResolver, 'assetChanged', OPERATION);
  await expect(startServer()).rejects.toThrow('Root fields that declare no scope: Subscription.assetChanged');
});

test('with everything declared it starts', async () => {
  const server = await startServer();
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  await server.close();
});
