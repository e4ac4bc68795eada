import { presentError } from '@headwater/platform/graphql/present-error';
import type { Logger } from '@headwater/platform/logging/logger';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

export interface SubscriptionParts {
  readonly traceId: string;
  readonly logger: Logger;
  /** Aborted once the client wants no more. */
  readonly signal: AbortSignal;
  /** Closes the connection of the client, so that it connects anew. */
  readonly hangUp: () => void;
}

/** The sources of all running subscriptions, so that a shutdown ends them. */
@Injectable()
export class OpenSubscriptions implements BeforeApplicationShutdown {
  readonly #open = new Map<AsyncGenerator, SubscriptionParts['hangUp']>();

  /**
   * The source as GraphQL takes it, until the signal ends it. What it throws comes out worded for clients: Mercurius sends errors of a source as
   * they are, past the error formatter.
   */
  add<S, T>(
    source: AsyncGenerator<S>,
    map: (item: S) => T,
    { traceId, logger, signal, hangUp }: SubscriptionParts,
  ): AsyncGenerator<T> {
    const open = this.#open;
    open.set(source, hangUp);
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

  /** Connections first: the end of a source is told as the end of its subscription, and no client asks again then. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const hangUp of this.#open.values()) hangUp();
    await Promise.all([...this.#open.keys()].map((source) => source.return(undefined)));
    this.#open.clear();
  }
}
