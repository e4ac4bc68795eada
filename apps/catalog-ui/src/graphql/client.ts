import { cacheExchange, Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient, type Client as SocketClient } from 'graphql-ws';
import { fetchAnswers } from './fetch-answers.js';
import { askAgainOnReturn } from './on-return.js';
import { SIGNED_OUT } from './problem.js';
import { untilNextTry } from './until-next-try.js';

const PATH = '/graphql';

/** GraphQL on this origin: queries by POST, subscriptions over one WebSocket that reconnects by itself. */
export function createGraphqlClient(socket: SocketClient = openSocket()): Client {
  return new Client({
    url: PATH,
    preferGetMethod: false,
    fetch: fetchAnswers,
    exchanges: [
      askAgainOnReturn,
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { query, variables: variables as Record<string, unknown> },
              {
                next: ({ data = null, errors }) => {
                  sink.next(errors === undefined ? { data } : { data, errors });
                },
                error: (error) => {
                  sink.error(error);
                },
                complete: () => {
                  sink.complete();
                },
              },
            ),
          }),
        }),
      }),
    ],
  });
}

/** GraphQL without a cache: for questions whose answers are held by whoever asks. */
export function createUnkeptClient(): Client {
  return new Client({
    url: PATH,
    preferGetMethod: false,
    fetch: fetchAnswers,
    exchanges: [askAgainOnReturn, fetchExchange],
  });
}

function openSocket(): SocketClient {
  const { protocol, host } = window.location;
  const socket = createClient({
    url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${PATH}`,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: untilNextTry,
    // Whoever is signed out is told by the next query; trying on with ended credentials helps nobody.
    shouldRetry: (closed) => !(closed instanceof CloseEvent && closed.code === SIGNED_OUT),
  });
  // What lost its network may hang open for many minutes without another word.
  window.addEventListener('online', () => {
    socket.terminate();
  });
  return socket;
}
