import { registerEnumType } from '@nestjs/graphql';

/** Values of a union with what they mean; a union that grows does not compile until it is described. */
type Descriptions<T extends string> = Readonly<Record<T, string>>;

/** A GraphQL enum over a string-literal union; GraphQL has its values in upper case, with _ for what a name cannot have. */
export function enumOf<T extends string>(
  name: string,
  description: string,
  values: Descriptions<T>,
): Readonly<Record<string, T>> {
  const names = Object.keys(values) as T[];
  const nameOf = (value: T): string => value.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_');
  const object = Object.fromEntries(names.map((value) => [nameOf(value), value]));
  const valuesMap = Object.fromEntries(names.map((value) => [nameOf(value), { description: values[value] }]));
  registerEnumType(object, { name, description, valuesMap });
  return object;
}
