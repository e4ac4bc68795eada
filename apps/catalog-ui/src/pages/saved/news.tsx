import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AssetLink } from '../../ui/asset-link.js';
import { ChangeWords } from '../../ui/change-words.js';
import { Time } from '../../ui/time.js';
import type { News } from './saved-query.js';

function Part({
  title,
  total,
  shown,
  children,
}: {
  readonly title: string;
  readonly total: number;
  readonly shown: number;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('saved');
  if (total === 0) return null;
  return (
    <Stack gap={6}>
      <Title order={3} size="h5">
        {title}
      </Title>
      <Stack component="ul" gap={6} p={0} m={0} aria-label={title}>
        {children}
      </Stack>
      {total > shown ? (
        <Text size="sm" className="hw-quiet">
          {t('andMore', { count: total - shown })}
        </Text>
      ) : null}
    </Stack>
  );
}

interface NewsListsProps {
  readonly news: News;
  readonly isBusy: boolean;
  readonly onSeen: () => void;
}

/** All that is new, and the way to say that one has seen it. */
export function NewsLists({ news, isBusy, onSeen }: NewsListsProps) {
  const { t } = useTranslation('saved');
  const { entered, left, changed } = news;
  return (
    <Stack gap="sm">
      <Text size="sm" className="hw-quiet">
        {t('since')} <Time at={news.since} />
      </Text>
      <Part title={t('enteredTitle')} total={news.enteredCount} shown={entered.length}>
        {entered.map((one) => (
          <li key={one.id} style={{ listStyle: 'none' }}>
            <AssetLink
              id={one.id}
              kind={one.__typename.toUpperCase()}
              name={one.displayName}
              namespace={one.namespace}
            />
          </li>
        ))}
      </Part>
      <Part title={t('leftTitle')} total={news.leftCount} shown={left.length}>
        {left.map((one) => (
          <li key={one.id} style={{ listStyle: 'none' }}>
            <AssetLink
              id={one.id}
              kind={one.__typename.toUpperCase()}
              name={one.displayName}
              namespace={one.namespace}
            />
            {one.deletedAt === null ? null : (
              <Text size="sm" className="hw-quiet">
                {t('deleted')}
              </Text>
            )}
          </li>
        ))}
      </Part>
      <Part title={t('changedTitle')} total={news.changedCount} shown={changed.length}>
        {changed.map((change) => (
          <li key={`${change.asset.id} ${change.kind}`} style={{ listStyle: 'none' }}>
            <AssetLink
              id={change.asset.id}
              kind={change.asset.__typename.toUpperCase()}
              name={change.asset.displayName}
              namespace={change.asset.namespace}
            />
            <ChangeWords change={change} />
          </li>
        ))}
      </Part>
      <Group>
        <Button variant="default" size="compact-md" loading={isBusy} onClick={onSeen}>
          {t('seen')}
        </Button>
      </Group>
    </Stack>
  );
}
