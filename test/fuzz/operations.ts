import fc, { type GeneratorValue } from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { scalarValue, wrongValue } from './hostile-values.js';

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const MOST_LEVELS = 5;
const chance = fc.integer({ min: 0, max: 99 });

/**
 * Draws an operation that the schema allows: every argument is a variable, with a value that is good, hostile, or now
 * and then of no such type.
 */
export function drawOperation(
  g: GeneratorValue,
  schema: GraphQLSchema,
  root: GraphQLObjectType,
  known: readonly string[],
): Operation {
  return new Writer(schema, g, known).operation(root);
}

/** Writes one operation by what the generator draws. */
class Writer {
  readonly #variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly g: GeneratorValue,
    private readonly known: readonly string[],
  ) {}

  operation(root: GraphQLObjectType): Operation {
    const keyword = root.name.toLowerCase();
    const fields = Object.values(root.getFields());
    const count = keyword === 'subscription' ? 1 : 1 + (this.#below(3) === 0 ? 1 : 0);
    const written = Array.from({ length: count }, (_, at) => `f${String(at)}: ${this.#field(this.#pick(fields), 1)}`);
    const declared = this.#declared.length === 0 ? '' : `(${this.#declared.join(', ')})`;
    return { query: `${keyword} Q${declared} { ${written.join(' ')} }`, variables: this.#variables };
  }

  #field(field: GraphQLField<unknown, unknown>, level: number): string {
    const args = field.args.flatMap((arg) => this.#argument(arg));
    const head = `${field.name}${args.length === 0 ? '' : `(${args.join(', ')})`}${this.#directive()}`;
    const type = getNamedType(field.type);
    return isLeafType(type) ? head : `${head} ${this.#selection(type, level + 1)}`;
  }

  #selection(type: GraphQLNamedType, level: number): string {
    const parts = ['__typename'];
    if (isAbstractType(type) && this.#below(2) === 0) {
      const concrete = this.#pick(this.schema.getPossibleTypes(type));
      parts.push(`... on ${concrete.name} ${this.#selection(concrete, level)}`);
    } else if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields()).filter(
        ({ type: of }) => level < MOST_LEVELS || isLeafType(getNamedType(of)),
      );
      const chosen = fields.filter(() => this.#below(level === 2 ? 2 : 3) === 0);
      for (const field of chosen) parts.push(this.#field(field, level));
    }
    return `{ ${parts.join(' ')} }`;
  }

  #argument(arg: GraphQLArgument): string[] {
    if (!isNonNullType(arg.type) && this.#below(3) === 0) return [];
    const name = `v${String(this.#declared.length)}`;
    this.#declared.push(`$${name}: ${String(arg.type)}`);
    this.#variables[name] = this.#value(arg.type, arg.name);
    return [`${arg.name}: $${name}`];
  }

  #value(type: GraphQLInputType, name: string): unknown {
    if (this.g(() => chance) < 1) return this.g(() => wrongValue);
    if (isNonNullType(type)) return this.#value(type.ofType, name);
    if (isListType(type)) {
      const of = type.ofType;
      const length = this.#below(10) === 0 ? 120 : this.#below(4);
      return Array.from({ length }, () => this.#value(of, name));
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((one) => isNonNullType(one.type) || this.#below(2) === 0);
      const given = fields.map((one) => [one.name, this.#value(one.type, one.name)] as const);
      return Object.fromEntries(this.#below(20) === 0 ? [...given, ['unknownField', 1]] : given);
    }
    if (isEnumType(type)) return this.#pick(type.getValues()).name;
    return this.g(() => scalarValue(type.toString(), name, this.known));
  }

  #directive(): string {
    const drawn = this.#below(40);
    return drawn === 0 ? ' @include(if: true)' : drawn === 1 ? ' @skip(if: false)' : '';
  }

  #below(limit: number): number {
    return this.g(fc.nat, { max: limit - 1 });
  }

  #pick<T>(values: readonly T[]): T {
    const value = values[this.#below(values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }
}
