import { expect, test } from 'vitest';
import { changedOfAgent, draftOfAgent, inputOfAgent, NO_AGENT } from './agent-draft.js';

const INES = {
  ...{ id: 'agent:user:ines', name: 'Ines', description: null, email: 'ines@x.example', subject: null },
  ...{ memberIds: [], editVersion: 'log.4' },
};

test('what is left empty is not said, or taken away', () => {
  expect(inputOfAgent({ ...NO_AGENT, name: ' Ines ', email: '  ' })).toEqual({
    ...{ name: 'Ines', description: null, email: null, subject: null, members: [] },
  });
});

test('only what is other is changed; in which order members stand says nothing', () => {
  const before = { ...draftOfAgent(INES), members: ['agent:user:a', 'agent:user:b'] };
  expect(changedOfAgent(before, before)).toEqual({});
  expect(changedOfAgent(before, { ...before, members: ['agent:user:b', 'agent:user:a'] })).toEqual({});
  expect(changedOfAgent(before, { ...before, email: '', members: ['agent:user:b'] })).toEqual({
    ...{ email: null, members: ['agent:user:b'] },
  });
});
