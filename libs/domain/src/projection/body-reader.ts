/** A parsed JSON object of unknown shape. Readers below are total: what does not fit is absent. */
export type Body = Readonly<Record<string, unknown>>;

export function asRecord(value: unknown): Body | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
}

export function stringAt(body: Body, key: string): string | null {
  const value = own(body, key);
  return typeof value === 'string' ? value : null;
}

/** A string that says something: not empty. */
export function nameAt(body: Body, key: string): string | null {
  const value = own(body, key);
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberAt(body: Body, key: string): number | null {
  const value = own(body, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function recordAt(body: Body, key: string): Body | undefined {
  return asRecord(own(body, key));
}

/** The elements of an array that are objects; empty when the key holds no array. */
export function recordsAt(body: Body, key: string): readonly Body[] {
  return arrayAt(body, key).flatMap((item) => {
    const record = asRecord(item);
    return record === undefined ? [] : [record];
  });
}

export function arrayAt(body: Body, key: string): readonly unknown[] {
  const value = own(body, key);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Own entries only, in the order sent: facet keys may be called `__proto__` or `constructor`. */
export function own(body: Body, key: string): unknown {
  return Object.hasOwn(body, key) ? body[key] : undefined;
}
