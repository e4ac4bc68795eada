/**
 * An async iterator over a generator that may be waiting: `return` aborts the signal first, so that the generator ends
 * now and not with the next thing it waits for.
 */
export function stoppable<T>(
  start: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const abort = new AbortController();
  const inner = start(abort.signal);
  const stop = (): void => abort.abort();
  return {
    next: () => inner.next(),
    return: () => {
      stop();
      return inner.return();
    },
    throw: (error: unknown) => {
      stop();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
