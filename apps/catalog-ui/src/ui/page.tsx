import { Group, Stack, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  /** Beside the title in place of its text alone. */
  readonly heading?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without a limit to its width. */
  readonly wide?: boolean;
}

/** A page: its one first heading, the window's title, and what can be done with it as a whole. */
export function Page({ title, heading, actions, children, wide = false }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Headwater`;
  }, [title]);
  return (
    <Stack gap="lg" maw={wide ? undefined : 1200} mx="auto" w="100%">
      <Group justify="space-between" align="flex-start" gap="md">
        <Title order={1} className="hw-name">
          {heading ?? title}
        </Title>
        {actions ? <Group gap="xs">{actions}</Group> : null}
      </Group>
      {children}
    </Stack>
  );
}

/** A part of a page with a heading of its own. */
export function Section({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Stack component="section" gap="sm" className="hw-card" p="md">
      <Group justify="space-between" gap="xs">
        <Title order={2}>{title}</Title>
        {actions}
      </Group>
      {children}
    </Stack>
  );
}

/** What stands where nothing is: why, and what to do. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return (
    <div className="hw-quiet" style={{ padding: '1rem 0' }}>
      {children}
    </div>
  );
}
