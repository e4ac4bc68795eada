import { nodeIdIn, namespacesIn } from './sight.js';

/** Something that a document names: by namespace and name, or by namespace alone. */
export interface NamedThing {
  readonly namespace: string;
  readonly name: string | null;
}

/** What stands in place of what may not be seen. */
const HIDDEN = { hidden: true } as const;

type Json = Readonly<Record<string, unknown>>;

/** Everything that a parsed document names: objects with a namespace, under whatever key, and NodeIds. */
export function thingsNamedIn(document: unknown): readonly NamedThing[] {
  const found = new Map<string, NamedThing>();
  const add = (thing: NamedThing): void => void found.set(`${thing.namespace}\0${thing.name ?? '\0'}`, thing);
  const visit = (value: unknown): void => {
    if (typeof value === 'string') namedByText(value).forEach(add);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isObject(value)) {
      namedByObject(value).forEach(add);
      Object.values(value).forEach(visit);
    }
  };
  visit(document);
  return [...found.values()];
}

/**
 * The document with `{ "hidden": true }` in place of every object that names something hidden, or whose `job` does (the
 * run beside it is that job's). The same object where there is none.
 */
export function redact<T>(document: T, hides: (thing: NamedThing) => boolean): T {
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return namedByText(value).some(hides) ? HIDDEN : value;
    if (Array.isArray(value)) return sameOr(value, value.map(visit));
    if (!isObject(value)) return value;
    const { job } = value;
    if (namedByObject(value).some(hides) || (isObject(job) && namedByObject(job).some(hides))) return HIDDEN;
    const entries = Object.entries(value);
    const shown = entries.map(([key, inner]) => [key, visit(inner)] as const);
    return shown.every(([, inner], index) => inner === entries[index]?.[1]) ? value : Object.fromEntries(shown);
  };
  return visit(document) as T;
}

function sameOr(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.every((item, index) => item === before[index]) ? before : after;
}

function namedByObject(value: Json): readonly NamedThing[] {
  const { name } = value;
  return Object.entries(value).flatMap(([key, namespace]) =>
    typeof namespace === 'string' && key.toLowerCase().endsWith('namespace')
      ? [{ namespace, name: key === 'namespace' && typeof name === 'string' ? name : null }]
      : [],
  );
}

function namedByText(text: string): readonly NamedThing[] {
  const id = nodeIdIn(text);
  return id === undefined ? [] : (namespacesIn(id) ?? []).map((namespace) => ({ namespace, name: null }));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
