import { HeadwaterError } from '@headwater/domain/errors';
import { parseEventTime } from '@headwater/domain/openlineage/event-time';
import { formatMicros, type Micros } from '@headwater/domain/time';
import { GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql';

const DATE_ONLY = /^\d{4}-\d\d-\d\d$/;

/** Reads a DateTime: ISO 8601 with or without zone (then UTC), or a date alone (its first moment in UTC). */
export function readDateTime(value: unknown): Micros {
  const text = typeof value === 'string' ? value.trim() : undefined;
  const time = text === undefined ? undefined : parseEventTime(DATE_ONLY.test(text) ? `${text}T00:00:00Z` : text);
  if (time === 'OUT_OF_RANGE') {
    throw new HeadwaterError('INVALID_INPUT', 'a time must lie between the years 1684 and 2255', {
      reason: 'DATE_TIME',
    });
  }
  if (time === undefined) {
    throw new HeadwaterError('INVALID_INPUT', 'write a time as ISO 8601, for example "2026-11-23T08:15:30.123456Z"', {
      reason: 'DATE_TIME',
    });
  }
  return time.at;
}

/** Microseconds inside, ISO 8601 in UTC outside. */
export const DateTime = new GraphQLScalarType<Micros, string>({
  name: 'DateTime',
  description:
    'A moment, ISO 8601 in UTC with three to six fractional digits. Input may have an offset, no zone (then UTC), up to nanoseconds (cut to microseconds), or be a date alone (its first moment in UTC).',
  serialize: (value) => formatMicros(value as Micros),
  parseValue: readDateTime,
  parseLiteral: (node) => readDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

/** Any JSON value, as it is. */
export const Json = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value: an object, an array, a string, a number, a boolean or null.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node: ValueNode, variables) => valueFromASTUntyped(node, variables),
});
