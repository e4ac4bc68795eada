import { coded, type InputFault } from '../errors.js';
import { pointerToken } from '../openlineage/findings.js';

const MAX_FAULTS = 50;

/**
 * Where a parsed document holds what RFC 7493 leaves to chance and RFC 8785 has no form for: whole numbers that a double
 * cannot tell apart, numbers beyond its range, and lone surrogates.
 */
export function iJsonFaults(document: unknown): readonly InputFault[] {
  const faults: InputFault[] = [];
  visit(document, '', faults);
  return faults;
}

function visit(value: unknown, pointer: string, faults: InputFault[]): void {
  if (faults.length >= MAX_FAULTS) return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
      const detail = 'JSON numbers of this size are not exact. Send it as a string.';
      faults.push({ pointer, ...coded('NUMBER_INEXACT', detail) });
    }
  } else if (typeof value === 'string') {
    if (!value.isWellFormed())
      faults.push({ pointer, ...coded('CONTROL_CHARACTERS', 'Half of a surrogate pair is no character.') });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, `${pointer}/${String(index)}`, faults);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      visit(key, pointer, faults);
      visit(item, `${pointer}/${pointerToken(key)}`, faults);
    }
  }
}
