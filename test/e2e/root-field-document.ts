import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';

const SCALARS: Readonly<Record<string, string>> = {
  ID: '"dataset:a:b"',
  String: '"a"',
  Int: '1',
  Float: '1.5',
  Boolean: 'true',
  DateTime: '"2026-11-23T08:15:30Z"',
  JSON: '{}',
};

/** A literal of the type: as little as it takes to be valid. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return `[${literal(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const members = Object.values(type.getFields()).filter((member) => isNonNullType(member.type));
    return `{ ${members.map((member) => `${member.name}: ${literal(member.type)}`).join(', ')} }`;
  }
  const scalar = SCALARS[type.name];
  if (scalar === undefined) throw new Error(`there is no example of the scalar ${type.name}`);
  return scalar;
}

/** An operation that asks for one root field with its required arguments. */
export function documentOf(operation: string, field: GraphQLField<unknown, unknown>): string {
  const required = field.args.filter(({ type }) => isNonNullType(type));
  const list = required.map(({ name, type }) => `${name}: ${literal(type)}`).join(', ');
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return `${operation} { ${field.name}${list === '' ? '' : `(${list})`}${selection} }`;
}
