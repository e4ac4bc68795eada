import { Stack, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useViewer, type Scope } from '../graphql/viewer.js';
import { Loading } from '../ui/problem.js';

/** Whether the viewer has one of the scopes. */
export function useMayAny(scopes: readonly Scope[]): boolean {
  return useViewer()?.scopes.some(({ scope }) => scopes.includes(scope)) ?? false;
}

/** For those who have one of the scopes; to others it says which role helps, and who gives it. */
export function Restricted({ to, children }: { readonly to: readonly Scope[]; readonly children: ReactNode }) {
  const { t } = useTranslation('access');
  const isKnown = useViewer() !== null;
  const may = useMayAny(to);
  const isAdmin = useMay('ADMIN');
  if (may) return children;
  if (!isKnown) return <Loading lines={6} />;
  const scopes = to.map((scope) => t(`scope.${scope}`)).join(t('or'));
  return (
    <Stack component="section" className="hw-card" p="xl" align="center" gap="sm">
      <IconLock size={28} aria-hidden />
      <Title order={2}>{t('restrictedTitle')}</Title>
      <Text ta="center" maw={560}>
        {t('restricted', { scopes })} {isAdmin ? t('restrictedAdmin') : t('askWhom')}
      </Text>
    </Stack>
  );
}
