import { Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { assetHref, nameWithin } from '../lib/node-id.js';
import classes from './way.module.css';
import { PageLink } from './link.js';

interface WayProps {
  /** NodeIds in the order of the flow; opaque ones are shown as `hidden`. */
  readonly ids: readonly string[];
  readonly hidden: string;
  readonly asOf?: string | null;
}

/** Fields, or datasets and jobs, that data passes one after the other, each leading to its page. */
export function Way({ ids, hidden, asOf = null }: WayProps) {
  return (
    <ol className={classes['way']}>
      {ids.map((id, at) => (
        // A job may be passed more than once.
        <li key={`${String(at)} ${id}`}>
          {at === 0 ? null : <IconArrowRight size={14} aria-hidden />}
          {id.startsWith('hidden:') ? (
            <Text component="span" size="sm" className="hw-quiet">
              {hidden}
            </Text>
          ) : (
            <PageLink to={assetHref(id, { asOf })} size="sm" className="hw-name">
              {nameWithin(id)}
            </PageLink>
          )}
        </li>
      ))}
    </ol>
  );
}
