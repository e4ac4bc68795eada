/**
 * A PostgreSQL array literal; null stays null. Written here because the driver's own escapes value by value, which is
 * most of the client's time in a batch.
 */
export function arrayLiteral(values: readonly (string | number | boolean | null)[]): string {
  let literal = '{';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (index > 0) literal += ',';
    if (value === null || value === undefined) literal += 'NULL';
    else if (typeof value === 'string') literal += quote(value);
    else literal += String(value);
  }
  return `${literal}}`;
}

const SPECIAL = /["\\]/;

function quote(text: string): string {
  return SPECIAL.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
}
