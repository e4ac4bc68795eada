import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../graphql/tada.js';
import { nodeIdIn, partsOf, whereOf } from '../lib/node-id.js';
import { IdFilter, type Candidate } from './id-filter.js';

const CANDIDATES = graphql(`
  query FilterCandidates($query: String!, $kinds: [NodeKind!]) {
    search(query: $query, first: 8, filter: { kinds: $kinds }) {
      edges {
        node {
          id
          kind
          displayName
          namespace
        }
      }
    }
  }
`);

const CHOSEN = graphql(`
  query FilterChosen($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Dataset {
        displayName
        namespace
      }
      ... on Job {
        displayName
        namespace
      }
    }
  }
`);

interface AssetFilterProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | null;
  readonly kinds: readonly ('DATASET' | 'JOB')[];
  readonly onChange: (id: string | null) => void;
}

const RUN_ID = 8;

/** An id that nothing was found for yet, as well as it can be read. */
function readable(id: string): Candidate {
  const { kind, namespace, name, rest } = partsOf(id);
  const own = kind === 'run' ? rest[0]?.slice(0, RUN_ID) : rest[0];
  const shown = [name, own].filter(Boolean).join(' · ');
  return { id, name: shown === '' ? id : shown, where: namespace, kind: kind.toUpperCase() };
}

/** Narrows a list to one dataset or job by its name, or to any node by its id. */
export function AssetFilter({ label, hint, value, kinds, onChange }: AssetFilterProps) {
  const [asked, ask] = useState('');
  const [found] = useQuery({
    query: CANDIDATES,
    variables: { query: asked, kinds: [...kinds] },
    pause: asked === '',
  });
  const [named] = useQuery({ query: CHOSEN, variables: { id: value ?? '' }, pause: value === null });
  const isHere = !named.fetching && !named.stale && named.data !== undefined;
  const node = named.data?.node;
  const chosen =
    value === null
      ? null
      : isHere && node != null && 'displayName' in node
        ? { id: value, name: node.displayName, where: whereOf(node), kind: node.__typename.toUpperCase() }
        : readable(value);
  const edges = found.data?.search.edges;
  const candidates = useMemo(
    () =>
      (edges ?? []).map(({ node: hit }) => ({
        id: hit.id,
        name: hit.displayName,
        where: whereOf(hit),
        kind: hit.kind,
      })),
    [edges],
  );
  return (
    <IdFilter
      label={label}
      hint={hint}
      value={value}
      chosen={chosen}
      isUnknown={value !== null && isHere && node === null}
      candidates={candidates}
      asked={found.fetching || found.data === undefined ? null : asked}
      idIn={nodeIdIn}
      onAsk={ask}
      onChange={onChange}
    />
  );
}
