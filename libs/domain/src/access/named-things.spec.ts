import { expect, test } from 'vitest';
import { redact, thingsNamedIn, type NamedThing } from './named-things.js';

const hides = ({ namespace }: NamedThing): boolean => namespace.startsWith('hush');
const HIDDEN = { hidden: true };

test('names are found wherever they stand: under any key of a namespace, and in NodeIds', () => {
  const document = {
    job: { namespace: 'a', name: 'j' },
    inputs: [{ namespace: 'b', name: 'd', facets: { custom: { targetNamespace: 'c', deep: [['dataset:d%2F1:x']] } } }],
    text: 'dataset and job: words',
  };
  expect(thingsNamedIn(document)).toEqual([
    { namespace: 'a', name: 'j' },
    { namespace: 'b', name: 'd' },
    { namespace: 'c', name: null },
    { namespace: 'd/1', name: null },
  ]);
});

test('a version that a run made names its dataset and its job', () => {
  const named = thingsNamedIn(['version:a:x:run:hush:j:0190b0c5-0000-7000-8000-000000000001']);
  expect(named.map(({ namespace }) => namespace)).toEqual(['a', 'hush']);
});

test('a document that names nothing hidden is the same object', () => {
  const document = { fields: [{ name: 'id' }], from: { namespace: 'open', name: 'x' }, nothing: null };
  expect(redact(document, hides)).toBe(document);
});

test('objects that name something hidden give way, and the rest stays', () => {
  const fields = {
    id: {
      inputFields: [
        { namespace: 'hush', name: 'x', field: 'y' },
        { namespace: 'open', name: 'z' },
      ],
    },
  };
  expect(redact({ fields, ids: ['dataset:hush:x', 'dataset:open:x'], count: 2 }, hides)).toEqual({
    fields: { id: { inputFields: [HIDDEN, { namespace: 'open', name: 'z' }] } },
    ids: [HIDDEN, 'dataset:open:x'],
    count: 2,
  });
});

test('the run beside a hidden job is as hidden as the job', () => {
  const hushed = { run: { runId: '1' }, job: { namespace: 'hush', name: 'j' } };
  const open = { run: { runId: '2' }, job: { namespace: 'open', name: 'j' } };
  expect(redact({ ...open, root: hushed }, hides)).toEqual({ ...open, root: HIDDEN });
  expect(redact({ ...hushed, root: open }, hides)).toEqual(HIDDEN);
  expect(redact({ upstream: [hushed, open] }, hides)).toEqual({ upstream: [HIDDEN, open] });
});
