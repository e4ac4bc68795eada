import { Anchor, type AnchorProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

/** A link within the pages. */
export function PageLink({
  to,
  children,
  ...rest
}: AnchorProps & { readonly to: string; readonly children: ReactNode; readonly title?: string }) {
  return (
    <Anchor component={Link} href={to} {...rest}>
      {children}
    </Anchor>
  );
}
