import { expect, test } from 'vitest';
import { isSensitiveTag } from './sensitive.js';

test('tags are sensitive by their key, unless the value says that they are not', () => {
  expect(['pii', 'PII=email', 'classification=personal', 'Sensitivity = high'].every(isSensitiveTag)).toBe(true);
  expect(['classification=Public', 'pii=false', 'tier=gold', 'owner=pii', ''].some(isSensitiveTag)).toBe(false);
});
