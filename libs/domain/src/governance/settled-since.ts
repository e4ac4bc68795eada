import type { Micros } from '../time.js';

interface Version<Body> {
  readonly body: Body;
  readonly validFrom: Micros;
  readonly validTo: Micros | null;
}

/** Since when without a break a definition has been so at `at`, where it is; `versions` are what it was, the latest first. */
export function settledSince<Body>(
  versions: readonly Version<Body>[],
  at: Micros,
  isSo: (body: Body) => boolean,
): Micros {
  let since: Micros = at;
  let isFirst = true;
  for (const { body, validFrom, validTo } of versions) {
    if (validFrom > at) continue;
    if (!isSo(body) || (!isFirst && validTo !== null && validTo < since)) break;
    since = validFrom;
    isFirst = false;
  }
  return since;
}
