import { expect, test } from 'vitest';
import { DEFAULT_PROJECTION_SETTINGS as DEFAULTS, settingsEdit, withSettingsEdit } from './settings-edit.js';

test('26. an edit switches one name rule and leaves the others', () => {
  const edited = withSettingsEdit(DEFAULTS, settingsEdit('a', { nameRules: { datedPaths: true } }));
  expect(edited).toEqual({ ...DEFAULTS, nameRules: { ...DEFAULTS.nameRules, datedPaths: true } });
  expect(withSettingsEdit(edited, settingsEdit('b', { nameRules: { datedPaths: false } }))).toEqual(DEFAULTS);
});

test('16. an edit sets K', () => {
  expect(withSettingsEdit(DEFAULTS, settingsEdit('a', { missTolerance: 3 })).missTolerance).toBe(3);
  expect(() => settingsEdit('a', { missTolerance: 0 })).toThrow('whole number from 1 to 1000');
});

test('what is no settings edit changes nothing', () => {
  for (const text of [
    '',
    '[]',
    '{"edit":"other","missTolerance":3}',
    '{"edit":"projection.settings","missTolerance":"3"}',
  ]) {
    expect(withSettingsEdit(DEFAULTS, new TextEncoder().encode(text))).toEqual(DEFAULTS);
  }
});
