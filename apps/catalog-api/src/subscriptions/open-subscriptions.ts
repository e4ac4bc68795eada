import { presentError } from '@headwater/platform/graphql/present-error';
import type { Logger } from '@headwater/platform/logging/logger';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

export interface SubscriptionParts {
  readonly traceId: string;
  readonly logger: Logger;
  /** Aborted once the client wants no more. */
  readonly signal: AbortSignal;
}

/** The sources of all running subscriptions, so that a shutdown ends them. */
@Injectable()
export class OpenSubscriptions implements BeforeApplicationShutdown {
  readonly #open = new Set<AsyncGenerator>();

  /**
   * The source as GraphQL takes it, until the signal ends it. What it throws comes out worded for clients: Mercurius sends errors of a source as
   * they are, past the error formatter.
   */
  add<S, T>(
    source: AsyncGenerator<S>,
    map: (item: S) => T,
    { traceId, logger, signal }: SubscriptionParts,
  ): AsyncGenerator<T> {
    const open = this.#open;
    open.add(source);
    if (signal.aborted) void source.return(undefined);
    else signal.addEventListener('abort', () => void source.return(undefined), { once: true });
    const next = async (): Promise<IteratorResult<T>> => {
      try {
        const result = await source.next();
        if (result.done !== true) return { done: false, value: map(result.value) };
        open.delete(source);
        return { done: true, value: undefined };
      } catch (error) {
        open.delete(source);
        throw presentError(error, traceId, logger);
      }
    };
    const end = async (): Promise<IteratorResult<T>> => {
      open.delete(source);
      await source.return(undefined);
      return { done: true, value: undefined };
    };
    return {
      next,
      return: end,
      throw: end,
      [Symbol.asyncIterator]() {
        return this;
      },
    } as AsyncGenerator<T>;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#open].map((source) => source.return(undefined)));
    this.#open.clear();
  }
}
