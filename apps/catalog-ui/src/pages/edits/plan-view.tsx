import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FaultLines } from '../../access/refusal-words.js';
import { AssetLink } from '../../ui/asset-link.js';
import { EditWords } from '../../ui/edit-words.js';
import { PartOfList } from '../../ui/part-of-list.js';
import { Records, type Column } from '../../ui/records.js';
import type { Plan, Planned } from './edits-query.js';
import { LISTED } from './edits-query.js';

interface PlanViewProps {
  readonly plan: Plan;
  readonly skip: number;
  readonly onSkip: (skip: number) => void;
}

/** What would be done to which asset, and what is left out and why. */
export function PlanView({ plan, skip, onSkip }: PlanViewProps) {
  const { t, i18n } = useTranslation('edits');
  const { total, unchanged, forbidden, edits, withoutEffect = [] } = plan;
  const written = (count: number): string => count.toLocaleString(i18n.language);
  const columns: readonly Column<Planned>[] = [
    {
      key: 'asset',
      title: t('asset'),
      render: ({ asset: { __typename, id, displayName, namespace } }) => (
        <AssetLink id={id} kind={__typename.toUpperCase()} name={displayName} namespace={namespace} />
      ),
    },
    { key: 'changes', title: t('changes'), render: ({ changes }) => <EditWords edits={changes} /> },
  ];
  return (
    <Stack gap="sm">
      <div role="status">
        <Text fw={600}>{t('would', { count: total, total: written(total) })}</Text>
        {unchanged > 0 ? (
          <Text className="hw-quiet">{t('unchanged', { count: unchanged, total: written(unchanged) })}</Text>
        ) : null}
        {forbidden > 0 ? (
          <Text className="hw-quiet">{t('forbidden', { count: forbidden, total: written(forbidden) })}</Text>
        ) : null}
        <FaultLines faults={withoutEffect} />
      </div>
      {edits.length === 0 ? null : (
        <Records label={t('planned')} columns={columns} items={edits} keyOf={({ asset }) => asset.id} minWidth={480} />
      )}
      <PartOfList skip={skip} most={LISTED} total={total} onSkip={onSkip} />
    </Stack>
  );
}
