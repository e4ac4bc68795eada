import { CombinedError } from '@urql/core';
import { expect, test } from 'vitest';
import type { RefusedEdit } from './edit-mutations.js';
import { awaited, CLOSED, isSeen, pendingEdit, sentFor, stateAfter, type EditState } from './edit-state.js';

const EDIT = { kind: 'tagAsset', tag: 'tier=gold', reason: '' } as const;
const SENT = { edit: EDIT, key: 'k1', version: 'log.7' };
const OPENED = { form: 'add', version: 'log.7' };
const error = new CombinedError({ networkError: new Error('away') });
const failed: EditState = { phase: 'FAILED', opened: OPENED, sent: SENT, error };
const refusal = (reason: string, current: string | null): RefusedEdit => ({
  ...{ __typename: 'EditRefusal', reason, message: 'No.', parameters: null, faults: [] },
  current: current === null ? null : { __typename: 'Dataset', id: 'dataset:a:b', editVersion: current },
});

test('what failed on its way is sent again as the same edit; anything else is another', () => {
  const key = (): string => 'k2';
  expect(sentFor(failed, { ...EDIT }, 'log.7', key)).toBe(SENT);
  expect(sentFor(failed, { ...EDIT, tag: 'tier=silver' }, 'log.7', key).key).toBe('k2');
  expect(sentFor(failed, EDIT, 'log.8', key)).toEqual({ ...SENT, version: 'log.8', key: 'k2' });
  expect(sentFor({ phase: 'OPEN', opened: OPENED }, EDIT, 'log.7', key).key).toBe('k2');
});

test('an answer makes it made, refused, in conflict or failed', () => {
  const asset = { __typename: 'Dataset', id: 'dataset:a:b', editVersion: 'log.9' } as const;
  const done = { __typename: 'EditedAsset', position: 'log.9', isReadable: true, asset } as const;
  expect(stateAfter(OPENED, SENT, { done })).toEqual({ phase: 'MADE', sent: SENT, position: 'log.9', isBehind: false });
  expect(stateAfter(OPENED, SENT, { error })).toEqual(failed);
  expect(stateAfter(OPENED, SENT, { done: refusal('INVALID_INPUT', null) }).phase).toBe('REFUSED');
  expect(stateAfter(OPENED, SENT, { done: refusal('EDITED_MEANWHILE', null) }).phase).toBe('REFUSED');
  expect(stateAfter(OPENED, SENT, { done: refusal('EDITED_MEANWHILE', 'log.8') })).toMatchObject({
    ...{ phase: 'CONFLICT', current: 'log.8' },
  });
});

test('an edit shows from when it is sent until the page has it, and no longer where it is refused', () => {
  const made: EditState = { phase: 'MADE', sent: SENT, position: 'log.10', isBehind: false };
  expect(pendingEdit({ phase: 'SAVING', opened: OPENED, sent: SENT }, 'log.7')).toBe(EDIT);
  expect(pendingEdit(made, 'log.9')).toBe(EDIT);
  expect(pendingEdit(made, 'log.10')).toBeNull();
  expect(pendingEdit(failed, 'log.7')).toBeNull();
  expect(pendingEdit(CLOSED, 'log.7')).toBeNull();
  expect([isSeen('log.9', 'log.10'), isSeen('log.11', 'log.10')]).toEqual([false, true]);
  expect([awaited(made), awaited(failed)]).toEqual(['log.10', null]);
});
