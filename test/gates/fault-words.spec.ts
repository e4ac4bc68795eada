import { FAULT_CODES } from '@headwater/domain/fault-codes';
import { expect, test } from 'vitest';
import { faults } from '../../apps/catalog-ui/src/i18n/messages/faults.js';

test('every code of a fault has words in both languages, which speak of what the fault has', () => {
  const bounds = ['NUMBER_ANY', 'NUMBER_LEAST', 'NUMBER_MOST', 'NUMBER_BETWEEN'];
  const codes = Object.keys(FAULT_CODES).flatMap((code) => (code === 'NUMBER_BOUNDS' ? bounds : [code]));
  for (const words of [faults.en, faults.de]) {
    expect(Object.keys(words).sort()).toEqual([...codes].sort());
    for (const [code, text] of Object.entries<string>(words)) {
      const known: readonly string[] = FAULT_CODES[(bounds.includes(code) ? 'NUMBER_BOUNDS' : code) as 'TEXT_LENGTH'];
      const spoken = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
      expect(
        spoken.filter((name) => !known.includes(name)),
        code,
      ).toEqual([]);
    }
  }
});
