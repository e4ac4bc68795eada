import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { PageLink } from '../../ui/link.js';
import { PartOfList } from '../../ui/part-of-list.js';
import { Records, type Column } from '../../ui/records.js';
import { Said } from '../../ui/said.js';
import type { RulesPreview } from './rules-query.js';
import { useOwnerRoles } from '../../ui/owner-roles.js';

type ChangedAsset = RulesPreview['assets'][number];
type ChangedRule = RulesPreview['rules'][number];

const PART = 25;

function Owners({ owners }: { readonly owners: ChangedAsset['before'] }) {
  const { t } = useTranslation('ownershipRules');
  const { nameOf } = useOwnerRoles();
  if (owners.length === 0) return <span className="hw-quiet">{t('nobody')}</span>;
  return (
    <Stack gap={0}>
      {owners.map(({ agent, role }) => (
        <PageLink key={`${agent.id} ${role}`} to={assetHref(agent.id)} className="hw-name">
          {t('owner', { name: agent.displayName, role: nameOf(role) })}
        </PageLink>
      ))}
    </Stack>
  );
}

function ChangedRules({ rules }: { readonly rules: readonly ChangedRule[] }) {
  const { t, i18n } = useTranslation('ownershipRules');
  if (rules.length === 0) return null;
  const columns: readonly Column<ChangedRule>[] = [
    { key: 'number', title: t('number'), render: ({ number }) => String(number) },
    { key: 'rule', title: t('rule'), render: ({ line }) => <code className="hw-name">{line}</code> },
    {
      key: 'decides',
      title: t('decides'),
      render: ({ decides: count }) =>
        count === 0 ? t('decidesNone') : t('decidesSome', { count, total: count.toLocaleString(i18n.language) }),
    },
  ];
  return <Records label={t('changedRules')} columns={columns} items={rules} keyOf={({ number }) => String(number)} />;
}

interface RulesPreviewProps {
  readonly preview: RulesPreview;
  readonly skip: number;
  readonly onSkip: (skip: number) => void;
}

/** For what others would answer, and which of the new rules decide nothing. */
export function RulesPreviewView({ preview, skip, onSkip }: RulesPreviewProps) {
  const { t, i18n } = useTranslation('ownershipRules');
  const { total, gained, lost, rules, assets } = preview;
  const words = (count: number) => ({ count, total: count.toLocaleString(i18n.language) });
  const summary = [
    t('total', words(total)),
    ...(gained === 0 ? [] : [t('gained', words(gained))]),
    ...(lost === 0 ? [] : [t('lost', words(lost))]),
  ];
  const columns: readonly Column<ChangedAsset>[] = [
    {
      key: 'asset',
      title: t('asset'),
      render: ({ asset: { id, displayName, namespace, __typename } }) => (
        <AssetLink id={id} kind={__typename.toUpperCase()} name={displayName} namespace={namespace} />
      ),
    },
    { key: 'now', title: t('now'), render: ({ before }) => <Owners owners={before} /> },
    { key: 'then', title: t('then'), render: ({ after }) => <Owners owners={after} /> },
    { key: 'rule', title: t('byRule'), render: ({ rule }) => (rule === null ? null : String(rule)) },
  ];
  return (
    <Stack gap="md">
      <Said>{total === 0 ? t('nothing') : summary.join(' ')}</Said>
      <ChangedRules rules={rules} />
      {total === 0 ? null : (
        <>
          <Records label={t('assets')} columns={columns} items={assets} keyOf={({ asset }) => asset.id} />
          <PartOfList skip={skip} most={PART} total={total} onSkip={onSkip} />
        </>
      )}
    </Stack>
  );
}
