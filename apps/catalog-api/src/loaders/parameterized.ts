import DataLoader from 'dataloader';

/** How loaders of one request are made: a subscription's must not remember, since it lives on. */
export interface LoaderOptions {
  readonly cache: boolean;
}

/** At most so many keys a statement: what one page of pages may ask for, and no more. */
const MAX_BATCH = 2_000;

/** A loader over a batched reader whose answer is a map; what is not in the map is undefined. */
export function mapLoader<K extends string | number, V>(
  read: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
  options: LoaderOptions,
): DataLoader<K, V | undefined> {
  return new DataLoader<K, V | undefined>(
    async (keys) => {
      const found = await read(keys);
      return keys.map((key) => found.get(key));
    },
    { cache: options.cache, maxBatchSize: MAX_BATCH },
  );
}

/** Loaders of one kind, one for each set of arguments: the same field asked with the same arguments shares a batch. */
export class Parameterized<P, K extends string | number, V> {
  readonly #loaders = new Map<string, DataLoader<K, V | undefined>>();

  constructor(
    private readonly read: (keys: readonly K[], parameters: P) => Promise<ReadonlyMap<K, V>>,
    private readonly options: LoaderOptions,
  ) {}

  /** Forgets what was read. */
  clear(): void {
    this.#loaders.clear();
  }

  load(key: K, parameters: P): Promise<V | undefined> {
    const name = JSON.stringify(parameters);
    let loader = this.#loaders.get(name);
    if (loader === undefined) {
      loader = mapLoader((keys) => this.read(keys, parameters), this.options);
      this.#loaders.set(name, loader);
    }
    return loader.load(key);
  }
}
