import { perObject } from '../per-object.js';
import { facetValidators } from './generated/facet-validators.js';
import { PUBLISHED_FACETS } from './generated/published-facets.js';
import { INTEGRATION_FACETS } from './integration-facets.js';
import type { FacetPlace, GeneratedValidator, ValidationError } from './validator.js';

/** One facet the product knows, for the table in the documentation that has a row for each. */
export interface KnownFacet {
  readonly name: string;
  readonly place: FacetPlace;
  /** Whether its schema is part of the specification, of its registry, or of none (an integration's own). */
  readonly origin: 'SPECIFICATION' | 'REGISTRY' | 'INTEGRATION';
  /** The schema file below `generated/schemas`; null where none is published. */
  readonly schemaFile: string | null;
  readonly schemaUrl: string | null;
}

/** Every facet the product knows, by name and place, sorted. */
export const KNOWN_FACETS: readonly KnownFacet[] = [
  ...PUBLISHED_FACETS.map(({ name, place, file, schemaUrl }): KnownFacet => ({
    name,
    place,
    origin: file.startsWith('registry/') ? 'REGISTRY' : 'SPECIFICATION',
    schemaFile: file,
    schemaUrl,
  })),
  ...INTEGRATION_FACETS.flatMap(({ name, places }) =>
    places.map((place): KnownFacet => ({ name, place, origin: 'INTEGRATION', schemaFile: null, schemaUrl: null })),
  ),
].sort((a, b) => (`${a.name} ${a.place}` < `${b.name} ${b.place}` ? -1 : 1));

/** What a facet's schema says of one body: usable as published, usable all the same, or not. */
export interface FacetVerdict {
  readonly fit: 'PUBLISHED' | 'RELAXED' | 'INVALID';
  /** RFC 6901 pointer into the facet and reason; '' where it fits as published. */
  readonly pointer: string;
  readonly message: string;
}

type FacetCheck = (body: Readonly<Record<string, unknown>>) => FacetVerdict;

const PUBLISHED: FacetVerdict = { fit: 'PUBLISHED', pointer: '', message: '' };

function publishedCheck(definition: string): FacetCheck {
  const strict = validator(`strict_${definition}`);
  const relaxed = validator(`relaxed_${definition}`);
  return perObject((body) => {
    if (strict(body)) return PUBLISHED;
    const deviation = strict.errors?.[0];
    const isUsable = relaxed(body);
    const error = isUsable ? deviation : relaxed.errors?.[0];
    return {
      fit: isUsable ? 'RELAXED' : 'INVALID',
      pointer: error?.instancePath ?? '',
      message: explain(error),
    };
  });
}

function validator(name: string): GeneratedValidator {
  const found = facetValidators[name];
  if (found === undefined) throw new Error(`No generated validator ${name}: run scripts/generate-openlineage.mjs`);
  return found;
}

function explain(error: ValidationError | undefined): string {
  return error?.message ?? 'does not fit its schema';
}

const checks = new Map<string, FacetCheck>();
/** By name alone, for a facet that is sent in another place than its own; the first place in this order counts. */
const anyPlace = new Map<string, FacetCheck>();
const PLACE_ORDER: readonly FacetPlace[] = ['dataset', 'input', 'output', 'job', 'run'];

for (const { name, places, check } of INTEGRATION_FACETS) {
  const verdict: FacetCheck = (body) => {
    const message = check(body);
    return message === undefined ? PUBLISHED : { fit: 'INVALID', pointer: '', message };
  };
  for (const place of places) checks.set(`${place} ${name}`, verdict);
}
for (const { name, place, definition } of PUBLISHED_FACETS) checks.set(`${place} ${name}`, publishedCheck(definition));
for (const place of PLACE_ORDER) {
  for (const [key, check] of checks) {
    const name = key.slice(place.length + 1);
    if (key.startsWith(`${place} `) && !anyPlace.has(name)) anyPlace.set(name, check);
  }
}

/** The check of a facet of this name, preferably of this place; undefined when the product does not know the name. */
export function facetCheck(place: FacetPlace, name: string): FacetCheck | undefined {
  return checks.get(`${place} ${name}`) ?? anyPlace.get(name);
}
