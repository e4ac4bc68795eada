import { Badge, Group, Stack, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { Highlighted } from '../../ui/highlighted.js';
import { kindOfAsset, KindIcon } from '../../ui/kind.js';
import { PageLink } from '../../ui/link.js';
import { Time } from '../../ui/time.js';
import { matchesOf } from './matches.js';
import type { Hit } from './search-query.js';

/** What counts most first, as the search ranks. */
const WEIGHT: readonly Hit['highlights'][number]['field'][] = ['NAME', 'FIELD', 'DESCRIPTION', 'TAG'];

/** One result: what it is, what matched, and whom to ask. */
export const HitRow = memo(function HitRow({ hit }: { readonly hit: Hit }) {
  const { t, i18n } = useTranslation('search');
  const { t: general } = useTranslation();
  const { id, kind, displayName, namespace, highlights, asset, score } = hit;
  const type = asset !== null && 'datasetType' in asset ? asset.datasetType : null;
  const { name, namespace: scope, fullName, others } = matchesOf(hit);
  const found = [...new Set(highlights.map(({ field }) => field))].sort(
    (x, y) => WEIGHT.indexOf(x) - WEIGHT.indexOf(y),
  );
  const owners = [...new Set(asset?.effectiveOwners.owners.map(({ agent }) => agent.displayName) ?? [])];
  return (
    <Group
      component="li"
      className="hw-card"
      p="sm"
      wrap="nowrap"
      align="flex-start"
      gap="sm"
      style={{ listStyle: 'none' }}
    >
      <KindIcon kind={kindOfAsset(kind, type)} size={20} />
      <Stack gap={3} miw={0} flex={1}>
        <Group gap="xs">
          <PageLink to={assetHref(id)} fw={600} data-hit>
            <Highlighted text={displayName} ranges={name} />
          </PageLink>
          {asset?.placeholder === true ? <Badge variant="default">{general('placeholder')}</Badge> : null}
          {asset?.deletedAt ? <Badge variant="default">{general('deleted')}</Badge> : null}
        </Group>
        <Text size="sm" className="hw-quiet hw-name">
          <Highlighted text={namespace ?? ''} ranges={scope} />
          {fullName === null ? null : (
            <>
              {' · '}
              <Highlighted text={fullName.text} ranges={fullName.ranges} />
            </>
          )}
        </Text>
        {others.slice(0, 3).map(({ field, text, ranges }) => (
          <Text key={`${field} ${text}`} size="sm" className="hw-name">
            <span className="hw-quiet">{t(`field.${field}`)}: </span>
            <Highlighted text={text} ranges={ranges} />
          </Text>
        ))}
        <Text size="xs" className="hw-quiet hw-name">
          {found.length === 0 ? null : (
            <span title={t('score', { score: score.toLocaleString(i18n.language, { maximumFractionDigits: 2 }) })}>
              {t('why', { fields: found.map((field) => t(`field.${field}`)).join(', ') })} ·{' '}
            </span>
          )}
          {owners.length === 0 ? null : <>{t('owners', { owners: owners.join(', ') })} · </>}
          {t('changed')} <Time at={asset?.updatedAt} />
        </Text>
      </Stack>
    </Group>
  );
});
