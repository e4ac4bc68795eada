import { Badge, Tooltip } from '@mantine/core';
import { IconArrowRampRight } from '@tabler/icons-react';
import { Link } from 'wouter';
import { href } from '../lib/node-id.js';

const STYLES = { label: { whiteSpace: 'normal', overflowWrap: 'anywhere' } } as const;

interface TagBadgeProps {
  readonly name: string;
  /** Told on hover and focus. */
  readonly hint?: string;
  /** It came along lineage instead of being put here. */
  readonly hasCome?: boolean;
  /** The moment that its page shows. */
  readonly asOf?: string | null;
  /** Whether it leads to its page. */
  readonly isLink?: boolean;
}

/** A tag, leading to everything that has it. */
export function TagBadge({ name, hint, hasCome = false, asOf = null, isLink = true }: TagBadgeProps) {
  const at = name.indexOf('=');
  const [key, value] = at < 0 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)];
  const look = {
    variant: hasCome ? 'outline' : 'light',
    tt: 'none',
    maw: '100%',
    h: 'auto',
    mih: 20,
    styles: STYLES,
    leftSection: hasCome ? <IconArrowRampRight size={12} aria-hidden /> : undefined,
  } as const;
  const words = (
    <>
      {key}
      {value === undefined ? null : (
        <>
          =<wbr />
          {value}
        </>
      )}
    </>
  );
  const badge = isLink ? (
    <Badge {...look} component={Link} href={href('/tag', { name, asOf })} style={{ cursor: 'pointer' }}>
      {words}
    </Badge>
  ) : (
    <Badge {...look}>{words}</Badge>
  );
  return hint === undefined ? badge : <Tooltip label={hint}>{badge}</Tooltip>;
}
