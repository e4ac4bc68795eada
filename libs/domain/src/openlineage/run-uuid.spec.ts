import { expect, test } from 'vitest';
import { runUuid } from './run-uuid.js';

test('4. a UUID of any version stays itself, in lower case', () => {
  expect(runUuid('D290F1EE-6C54-8B01-90E6-D701748F0851')).toBe('d290f1ee-6c54-8b01-90e6-d701748f0851');
  expect(runUuid('01936894-494e-7c48-be1c-4a3656eb1868')).toBe('01936894-494e-7c48-be1c-4a3656eb1868');
});

test('4. the name-based UUID of an id is the same for ever', () => {
  expect(runUuid('manual__2026-11-23')).toBe('645ae8b5-19dc-57bf-91d3-8b6f0d7205bf');
  expect(runUuid('manual__2026-11-24')).not.toBe(runUuid('manual__2026-11-23'));
});
