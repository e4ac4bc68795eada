import { useUrlState } from '../../lib/url-state.js';

/** The moment that the address asks about; null is now. What is no time counts as absent. */
export function useAsOf(): string | null {
  const [parameters] = useUrlState();
  const asked = parameters.get('asOf');
  return asked === null || Number.isNaN(Date.parse(asked)) ? null : asked;
}
