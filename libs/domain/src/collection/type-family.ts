/** What kind of values a type has, whatever a store calls it. */
export type TypeFamily = 'NUMBER' | 'TEXT' | 'TIME' | 'DATE' | 'UUID' | 'BOOLEAN' | 'BYTES';

const FAMILIES: readonly (readonly [TypeFamily, RegExp])[] = [
  ['UUID', /^(uuid|guid|uniqueidentifier)/],
  ['TIME', /^(timestamp|datetime|time\b|time$)/],
  ['DATE', /^date/],
  ['BOOLEAN', /^bool/],
  [
    'NUMBER',
    /^(u?(big|small|tiny|medium)?int|integer|long|short|serial|bigserial|number|numeric|decimal|float|double|real)/,
  ],
  ['TEXT', /^(n?(var)?char|character|text|string|clob|enum|varchar2|nvarchar2)/],
  ['BYTES', /^(bytes|bytea|blob|(var)?binary)/],
];

/** Null for a type that is not known, or not stated. */
export function familyOf(type: string | null): TypeFamily | null {
  const name = type?.trim().toLowerCase() ?? '';
  return FAMILIES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}
