import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CombinedError } from '@urql/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { FaultWords } from '../../access/refusal-words.js';
import { refusalIn } from '../../access/refusal.js';
import { assetHref, partsOf } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { ProblemPanel } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { PREVIEW_LOGICAL_RULES, type LogicalPreview, type LogicalRule } from './rules-query.js';

type Previewed = LogicalPreview[number];

/** How many, and some of them by name. */
function Named({ count, datasets }: { readonly count: number; readonly datasets: Previewed['joining'] }) {
  const { i18n } = useTranslation('ruleLists');
  if (count === 0) return <>0</>;
  return (
    <Stack gap={2}>
      <span>{count.toLocaleString(i18n.language)}</span>
      {datasets.map(({ id, displayName }) => (
        <PageLink key={id} to={assetHref(id)} className="hw-name" size="sm">
          {displayName}
        </PageLink>
      ))}
    </Stack>
  );
}

interface Asked {
  readonly of: string;
  readonly found: LogicalPreview | null;
  readonly error: CombinedError | null;
}

/** Asks what rules would make of each logical dataset; an answer about other rules than these is not shown. */
export function LogicalRulesPreview({ rules }: { readonly rules: readonly LogicalRule[] }) {
  const { t, i18n } = useTranslation('ruleLists');
  const client = useClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isBusy, setBusy] = useState(false);
  const input = rules.map(({ namespace, name, key }) => ({ namespace, name, key }));
  const of = JSON.stringify(input);
  const ask = (): void => {
    setBusy(true);
    void client
      .query(PREVIEW_LOGICAL_RULES, { rules: input }, { requestPolicy: 'network-only' })
      .toPromise()
      .then(({ data, error }) => {
        setBusy(false);
        setAsked({ of, found: data?.previewLogicalRules ?? null, error: error ?? null });
      });
  };
  const current = asked?.of === of ? asked : null;
  const refusal = current?.error == null ? null : refusalIn(current.error);
  const columns: readonly Column<Previewed>[] = [
    {
      key: 'logical',
      title: t('logical'),
      render: ({ logicalDataset, isDefined }) =>
        isDefined ? (
          <PageLink to={assetHref(logicalDataset)} className="hw-name">
            {partsOf(logicalDataset).namespace}
          </PageLink>
        ) : (
          <span className="hw-name">{t('undefined', { key: partsOf(logicalDataset).namespace })}</span>
        ),
    },
    {
      key: 'members',
      title: t('members'),
      render: ({ memberCount }) => memberCount.toLocaleString(i18n.language),
    },
    {
      key: 'joining',
      title: t('joining'),
      render: ({ joiningCount, joining }) => <Named count={joiningCount} datasets={joining} />,
    },
    {
      key: 'leaving',
      title: t('leaving'),
      render: ({ leavingCount, leaving }) => <Named count={leavingCount} datasets={leaving} />,
    },
  ];
  return (
    <Stack gap="md">
      <Group>
        <Button variant="default" loading={isBusy} onClick={ask}>
          {t('preview')}
        </Button>
      </Group>
      {refusal === null ? null : (
        <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={t('faults')}>
          {refusal.faults.map((fault) => {
            const at = /^\/rules\/(\d+)/.exec(fault.pointer)?.[1];
            return (
              <Text key={`${fault.pointer} ${fault.detail}`} className="hw-name">
                {at === undefined ? null : `${t('ruleNumber', { number: String(Number(at) + 1) })}: `}
                <FaultWords fault={fault} />
              </Text>
            );
          })}
        </Alert>
      )}
      {current?.error == null || refusal !== null ? null : <ProblemPanel error={current.error} onRetry={ask} />}
      {current?.found == null ? null : current.found.length === 0 ? (
        <Text role="status">{t('previewNone')}</Text>
      ) : (
        <Records
          label={t('previewOf')}
          columns={columns}
          items={current.found}
          keyOf={({ logicalDataset }) => logicalDataset}
        />
      )}
    </Stack>
  );
}
