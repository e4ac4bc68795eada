import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** Objects below each other; connections and their edges do not count. */
const LEVELS = 4;
const PAGE = 5;
const WRAPPER = /(?:Connection|Edge)$/;

/**
 * A selection of every field that can be reached from a type of the schema, so that a new field is asked for without
 * anybody thinking of it. No type is entered twice on one way down, and no more than a few levels.
 */
export function everyField(schema: GraphQLSchema, type: GraphQLNamedType, above: readonly string[] = []): string {
  if (isLeafType(type)) return '';
  if (isAbstractType(type)) {
    const possible = schema.getPossibleTypes(type).map((one) => {
      const inner = everyField(schema, one, above);
      return inner === '' ? '' : `... on ${one.name} ${inner}`;
    });
    return `{ __typename ${possible.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  const below = WRAPPER.test(type.name) && type.name !== 'LineageEdge' ? above : [...above, type.name];
  if (above.includes(type.name) || below.length > LEVELS) return '';
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const inner = everyField(schema, getNamedType(field.type), below);
    if (inner === '' && !isLeafType(getNamedType(field.type))) return [];
    // The same field of two types of one union may differ in whether it is null, so each has its own name.
    return [`${type.name}_${field.name}: ${field.name}${pageOf(field)} ${inner}`];
  });
  return fields.length === 0 ? '' : `{ ${fields.join(' ')} }`;
}

function pageOf(field: GraphQLField<unknown, unknown>): string {
  return field.args.some(({ name }) => name === 'first') ? `(first: ${String(PAGE)})` : '';
}
