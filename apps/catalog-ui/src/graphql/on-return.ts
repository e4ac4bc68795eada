import { mapExchange, type Exchange, type Operation } from '@urql/core';

/** Asks everything that is on the page once more when the browser has its network back; until then it shows what it had. */
export const askAgainOnReturn: Exchange = (input) => {
  const open = new Map<number, Operation>();
  window.addEventListener('online', () => {
    for (const { key, query, variables, context } of open.values()) {
      const again = { ...context, requestPolicy: 'network-only' as const };
      input.client.reexecuteOperation(
        input.client.createRequestOperation('query', { key, query, variables: variables as object }, again),
      );
    }
  });
  return mapExchange({
    onOperation: (operation) => {
      if (operation.kind === 'query') open.set(operation.key, operation);
      else if (operation.kind === 'teardown') open.delete(operation.key);
    },
  })(input);
};
