import { partsOf } from '../../lib/node-id.js';
import type { Hit } from './search-query.js';

type Highlight = Hit['highlights'][number];
type Ranges = Highlight['ranges'];

/** What a search matched of a result, by where it is shown. */
export interface Matches {
  readonly name: Ranges;
  readonly namespace: Ranges;
  /** The name as a whole; null where people say all of it. */
  readonly fullName: { readonly text: string; readonly ranges: Ranges } | null;
  /** Fields, descriptions and tags, the one closest to the words asked for first. */
  readonly others: readonly Highlight[];
}

const matched = ({ ranges }: Highlight): number => ranges.reduce((sum, { start, end }) => sum + end - start, 0);

export function matchesOf({ id, displayName, namespace, highlights }: Hit): Matches {
  const { name } = partsOf(id);
  const inName = (text: string | null): Ranges =>
    highlights.find((highlight) => highlight.field === 'NAME' && highlight.text === text)?.ranges ?? [];
  return {
    name: inName(displayName),
    namespace: inName(namespace),
    fullName: name === displayName ? null : { text: name, ranges: inName(name) },
    others: highlights.filter(({ field }) => field !== 'NAME').sort((a, b) => matched(b) - matched(a)),
  };
}
