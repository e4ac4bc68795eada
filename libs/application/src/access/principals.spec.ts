import { agentId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import { principalOfUser } from './principals.js';

const user = (email: string | null) => ({
  ...{ id: 'user:https://sso.example#7f3', name: 'agent of somebody else', email },
  ...{ groups: [], roles: [], token: null },
});

test('a person is the agent of its subject and of its verified address, and of no name', () => {
  expect(principalOfUser(user(null), []).agents).toEqual([agentId('user', '7f3')]);
  expect(principalOfUser(user('Ana@example.com'), []).agents).toEqual(
    ['7f3', 'Ana@example.com', 'ana@example.com'].map((name) => agentId('user', name)),
  );
});
