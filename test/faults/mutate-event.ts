/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Mutation = (parent: Json[] | { [key: string]: Json }, key: string, random: Random, donor: Json) => void;

const HOSTILE: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e308,
  -0,
  2 ** 53 + 2,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  '\u202e\ufeff',
  '😀'.repeat(300),
  'x'.repeat(5_000),
  "'; DROP TABLE event_log; --",
  '9999-12-31T23:59:59.999999999Z',
  '0000-00-00T00:00:00Z',
  '2099-01-01T00:00:00+14:00',
  '-271821-04-20T00:00:00Z',
  [],
  {},
  [[[[]]]],
  { _producer: 1, _schemaURL: null, _deleted: true },
];

const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)] as T;

function write(parent: Json[] | { [key: string]: Json }, key: string, value: Json): void {
  // An own property whatever its name is, as a parser of JSON makes it.
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  replaceByHostile: (parent, key, random) => write(parent, key, structuredClone(pick(HOSTILE, random))),
  remove: (parent, key) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else Reflect.deleteProperty(parent, key);
  },
  duplicate: (parent, key) => {
    if (Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)] as Json));
    else write(parent, `${key}.${key}`, structuredClone(parent[key] as Json));
  },
  wrap: (parent, key) => write(parent, key, [(parent as { [key: string]: Json })[key] as Json]),
  stringify: (parent, key) => write(parent, key, JSON.stringify((parent as { [key: string]: Json })[key] ?? null)),
  graft: (parent, key, _random, donor) => write(parent, key, structuredClone(donor)),
  rename: (parent, key, random) => {
    const value = (parent as { [key: string]: Json })[key] as Json;
    Reflect.deleteProperty(parent, key);
    write(parent, pick(['__proto__', '', 'a.b[0]"', `${key}\u0001`, key.toUpperCase(), 'toString'], random), value);
  },
  many: (parent, key) => {
    const value = (parent as { [key: string]: Json })[key] as Json;
    write(parent, key, Array.isArray(value) ? Array.from({ length: 60 }, () => structuredClone(value)).flat() : value);
  },
  deep: (parent, key) => {
    let value: Json = (parent as { [key: string]: Json })[key] as Json;
    for (let level = 0; level < 200; level++) value = { nested: value };
    write(parent, key, value);
  },
};

/** Every place in a document: its holder and its key there. */
function places(value: Json, found: [Json[] | { [key: string]: Json }, string][] = []): typeof found {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    places((value as { [key: string]: Json })[key] as Json, found);
  }
  return found;
}

/** One to four mutations of the structure of an event, with parts of another one as grafts. */
export function mutateStructure(document: string, donor: string, random: Random): string {
  const event = JSON.parse(document) as Json;
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    const all = places(event);
    if (all.length === 0) break;
    const [parent, key] = pick(all, random);
    const [donorParent, donorKey] = pick(places(JSON.parse(donor) as Json), random);
    const mutation = MUTATIONS[pick(Object.keys(MUTATIONS), random)] as Mutation;
    mutation(parent, key, random, (donorParent as { [key: string]: Json })[donorKey] as Json);
  }
  return JSON.stringify(event);
}

/** One to eight mutations of the bytes: flipped, cut out, doubled, put in. */
export function mutateBytes(document: string, random: Random): Buffer {
  let bytes = Buffer.from(document);
  for (let count = 1 + Math.floor(random() * 8); count > 0; count--) {
    const at = Math.floor(random() * bytes.length);
    const length = Math.floor(random() * 12);
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
    const kind = random();
    if (kind < 0.3) {
      bytes = Buffer.from(bytes);
      bytes[at] = Math.floor(random() * 256);
    } else if (kind < 0.55) bytes = Buffer.concat([head, tail.subarray(length)]);
    else if (kind < 0.8) bytes = Buffer.concat([head, tail.subarray(0, length), tail]);
    else
      bytes = Buffer.concat([
        head,
        Buffer.from(pick(['NaN', '"', '{', ']', ',', '\\u0000', '\\ud83d', '1e999'], random)),
        tail,
      ]);
  }
  return bytes;
}
