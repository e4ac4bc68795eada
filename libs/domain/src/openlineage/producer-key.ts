import { hash128 } from '../identifiers.js';

// 1.54.0, v1-0-0, 1.19.0-SNAPSHOT, 1.2.3rc1. A bare number is none: it may be a port, a team, a tenant.
const VERSION = /^(?:v\d+|v?\d+(?:[._-]\d+)+)(?:[-+._]?[A-Za-z][\w.+-]*)?$/;
const COMMIT = /^[0-9a-f]{40}$/;
const SUFFIX = /[@:]v?\d+(?:\.\d+)+(?:[-+._]?[A-Za-z][\w.+-]*)?$/;

const isVersion = (segment: string): boolean => VERSION.test(segment) || COMMIT.test(segment);

const known = new Map<string, string>();
const MAX_KNOWN = 256;

/**
 * A producer URI without what changes from release to release, so that facets of an upgraded producer still replace its
 * earlier ones: `…/OpenLineage/blob/1.54.0/client/python` and `…/OpenLineage/tree/1.55.0/client/python` have one key.
 * '' for an absent producer. Never a name that every object has, so that keys may be properties of plain objects.
 */
export function producerKey(producer: string | null): string {
  if (producer === null) return '';
  const cached = known.get(producer);
  if (cached !== undefined) return cached;
  const bare = bounded(withoutVersion(producer));
  // RFC 3986 §4.2: the same relative reference. A producer may call itself `constructor` or `__proto__`.
  const key = bare in Object.prototype ? `./${bare}` : bare;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(producer, key);
  return key;
}

// Keys are part of index rows, and these are limited.
const MAX_KEY = 500;

function bounded(key: string): string {
  return key.length <= MAX_KEY ? key : `${key.slice(0, MAX_KEY - 33).toWellFormed()}#${hash128(key)}`;
}

function withoutVersion(producer: string): string {
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]*/.exec(producer)?.[0] ?? '';
  const segments = producer.slice(scheme.length).split('/');
  const kept: string[] = [];
  let refAt = -1;
  let versions = 0;
  for (const [index, segment] of segments.entries()) {
    // A version is no version where nothing would be left of the producer.
    if (isVersion(segment) && (scheme !== '' || index > 0)) versions++;
    else if ((segment === 'tree' || segment === 'blob') && refAt < 0 && scheme !== '') {
      refAt = kept.length;
      // GitLab writes /-/tree/<ref>.
      if (kept.at(-1) === '-') kept.pop();
      refAt = kept.length;
    } else if (segment !== '' || index === 0) kept.push(segment.replace(SUFFIX, ''));
  }
  // A branch is a ref too (blob/main/…); a tag such as providers-openlineage/1.14.0 keeps its name, which says what it is.
  if (refAt >= 0 && versions === 0) kept.splice(refAt, 1);
  return scheme.toLowerCase() + kept.join('/');
}
