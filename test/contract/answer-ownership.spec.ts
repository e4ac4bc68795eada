import { AnswerOwnership } from '@headwater/application/governance/answer-ownership';
import { Principal } from '@headwater/domain/access/principal';
import { agentId, type NodeId } from '@headwater/domain/identifiers';
import { LATEST } from '@headwater/domain/reading/read-time';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { ProjectionDatabase } from '@headwater/store-postgres/catalog/projection-database';
import { expect, test } from 'vitest';
import { dataset, datasetEvent, minute, ownershipFacet } from '../support/lineage-events.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const ANA = agentId('owner', 'ana');
const reader = (...agents: readonly NodeId[]): Principal =>
  new Principal({
    ...{ id: 'user:sso#ana', kind: 'USER', name: 'Ana', agents },
    grants: [{ scopes: ['catalog:read'], namespaces: null }],
  });

test('an owner who only reads answers for itself, and nobody else who only reads does', async () => {
  const projection = await fresh();
  await projection.send(
    datasetEvent({ at: 0, dataset: { name: 'a', facets: { ownership: ownershipFacet(['ana']) } } }),
  );
  const catalog = postgresCatalogReader(new ProjectionDatabase(projection.database.pool, () => projection.schema));
  const answer = new AnswerOwnership({
    ...{ log: projection.log, catalog },
    awaitPosition: { execute: () => projection.project() },
    requests: { find: () => Promise.resolve(null), keep: (request) => Promise.resolve(request) },
    clock: { now: () => minute(5) },
    ids: { uuid: () => 'one', bytes: (length) => new Uint8Array(length) },
  });
  const time = { at: minute(9), knownAt: LATEST };
  const owners = async () => (await catalog.effectiveOwners([dataset('a')], time)).get(dataset('a'));
  const [held] = (await owners())?.owners ?? [];
  const wanted = {
    ...{ on: dataset('a'), agent: ANA, role: held?.role ?? '', declinedFor: 'not mine' },
    ...{ reason: null, expectedVersion: null, idempotencyKey: null },
  };
  await expect(answer.execute(reader(agentId('user', 'ana')), catalog, wanted)).rejects.toMatchObject({
    category: 'FORBIDDEN',
  });
  expect((await owners())?.owners).toHaveLength(1);
  expect(await answer.execute(reader(ANA), catalog, wanted)).toMatchObject({ asset: dataset('a'), isReadable: true });
  expect(await owners()).toMatchObject({
    owners: [],
    declined: [{ decline: { producer: 'Ana', validFrom: minute(5) } }],
  });
});
