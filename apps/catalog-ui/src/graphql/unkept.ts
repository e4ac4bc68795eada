import { createContext, useContext } from 'react';
import { useClient, type Client } from 'urql';

/** The client whose answers nobody keeps but those who asked. */
export const UnkeptContext = createContext<Client | null>(null);

/**
 * Asks what is not asked a second time in the same words: with a moment, with where an answer goes on. The cache would
 * hold each such answer for good.
 */
export function useUnkeptClient(): Client {
  const usual = useClient();
  return useContext(UnkeptContext) ?? usual;
}
