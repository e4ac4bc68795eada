import { Group, Text } from '@mantine/core';
import { assetHref, partsOf } from '../lib/node-id.js';
import { KindIcon } from './kind.js';
import { PageLink } from './link.js';

// Of names that nobody reads in a list, the rest is on the page that they lead to.
const LINES = 3;
const LONG = 80;
const RUN_ID = 8;

interface AssetLinkProps {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | null;
  readonly asOf?: string | null;
}

/** A node with its kind, leading to its page; under it the namespace where one is given. */
export function AssetLink({ id, kind, name, namespace, asOf = null }: AssetLinkProps) {
  return (
    <Group gap={8} wrap="nowrap" align={namespace ? 'flex-start' : 'center'} miw={0}>
      <KindIcon kind={kind} />
      <div style={{ minWidth: 0 }}>
        <PageLink
          to={assetHref(id, { asOf })}
          className="hw-name"
          inherit
          fw={550}
          lineClamp={LINES}
          {...(name.length > LONG && { title: name })}
        >
          {name}
        </PageLink>
        {namespace ? (
          <Text size="sm" className="hw-quiet hw-name" lineClamp={LINES}>
            {namespace}
          </Text>
        ) : null}
      </div>
    </Group>
  );
}

/** The same from nothing but a NodeId. */
export function NodeIdLink({ id }: { readonly id: string }) {
  const { kind, namespace, name, rest } = partsOf(id);
  // Of a field and a run what tells them from others of the same dataset or job; a run id is known by its beginning.
  const own = kind === 'field' ? rest[0] : kind === 'run' ? rest[0]?.slice(0, RUN_ID) : undefined;
  // The id of a domain is a key alone.
  const shown = [name === '' ? namespace : name, own].filter(Boolean).join(' · ');
  return <AssetLink id={id} kind={kind.toUpperCase()} name={shown === '' ? id : shown} />;
}
