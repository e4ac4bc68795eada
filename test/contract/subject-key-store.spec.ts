import { MemorySubjectKeyStore } from '@headwater/store-contract/memory-subject-key-store';
import { subjectKeyStoreContract } from '@headwater/store-contract/subject-key-store.contract';
import { PostgresSubjectKeyStore } from '@headwater/store-postgres/decisions/postgres-subject-key-store';
import { createTestDatabase } from '../support/postgres.js';

subjectKeyStoreContract({
  name: 'memory',
  create: () => Promise.resolve({ store: new MemorySubjectKeyStore(), close: () => Promise.resolve() }),
});

subjectKeyStoreContract({
  name: 'PostgreSQL',
  create: async () => {
    const database = await createTestDatabase();
    return { store: new PostgresSubjectKeyStore(database.pool), close: () => database.drop() };
  },
});
