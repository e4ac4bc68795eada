import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../ui/records.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Time } from '../../ui/time.js';
import { stateOfToken, type Rotations, type Token } from './tokens.js';

const LOOKS = { GOOD: 'good', EXPIRED: 'over', REVOKED: 'over' } as const;

/** The other token of a rotation. */
function Rotated({ text, id }: { readonly text: 'replaces' | 'replacedBy'; readonly id: string | undefined }) {
  const { t } = useTranslation('tokens');
  if (id === undefined) return null;
  return (
    <Text size="sm" className="hw-quiet">
      {t(text)} <span className="hw-mono">{id}</span>
    </Text>
  );
}

/** What the list tells of a token. */
export function useTokenColumns(
  actions: (token: Token) => ReactNode,
  rotations: Rotations | null,
): readonly Column<Token>[] {
  const { t } = useTranslation('tokens');
  const { t: administration } = useTranslation('administration');
  const { t: access } = useTranslation('access');
  return [
    {
      key: 'name',
      title: t('name'),
      render: ({ id, name }) => (
        <Stack gap={0}>
          <Text fw={600} size="sm" className="hw-name">
            {name}
          </Text>
          <Text size="sm" className="hw-mono hw-quiet">
            {id}
          </Text>
          <Rotated text="replaces" id={rotations?.replaces.get(id)} />
        </Stack>
      ),
    },
    {
      key: 'owner',
      title: t('owner'),
      render: ({ owner }) => (
        <Text size="sm" miw={96} className="hw-name">
          {owner}
        </Text>
      ),
    },
    {
      key: 'scopes',
      title: t('scopes'),
      render: ({ scopes }) => (
        <Text size="sm" miw={160}>
          {scopes.map((scope) => access(`scope.${scope}`)).join(', ')}
        </Text>
      ),
    },
    {
      key: 'namespaces',
      title: administration('namespaces'),
      render: ({ writes, reads }) => (
        <Text size="sm" className="hw-name">
          {writes === null && reads === null
            ? administration('allNamespaces')
            : [
                ...(writes === null ? [] : [t('writesShort', { globs: writes.join(', ') })]),
                ...(reads === null ? [] : [t('readsShort', { globs: reads.join(', ') })]),
              ].join('; ')}
        </Text>
      ),
    },
    {
      key: 'used',
      title: t('lastUsed'),
      render: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="hw-quiet">{t('never')}</span> : <Time at={lastUsedAt} />,
    },
    {
      key: 'expires',
      title: t('expiresAt'),
      render: ({ expiresAt }) => (expiresAt === null ? t('forEver') : <Time at={expiresAt} absolute />),
    },
    {
      key: 'state',
      title: t('state'),
      render: (token) => {
        const state = stateOfToken(token, Date.now());
        return (
          <Stack gap={2} align="flex-start">
            <StateBadge look={LOOKS[state]}>{t(`states.${state}`)}</StateBadge>
            <Rotated text="replacedBy" id={rotations?.replacedBy.get(token.id)} />
          </Stack>
        );
      },
    },
    { key: 'actions', title: administration('actions'), isAction: true, render: actions },
  ];
}
