import { Button, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { partsOf } from '../../lib/node-id.js';
import { Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { WideTable } from '../../ui/wide-table.js';
import type { Option } from './plan-query.js';
import classes from './plan.module.css';

/** What a way costs, in short. */
export function Costs({ option }: { readonly option: Option }) {
  const { t } = useTranslation('plan');
  const { freshAt, sensitiveFields } = option;
  const { total, read, created, changed } = option.components;
  return (
    <Section title={t('costs')}>
      <dl className={classes['facts']}>
        <div>
          <dt className="hw-quiet">{t('components')}</dt>
          <dd>
            {t('componentsOf', {
              total: String(total),
              read: String(read),
              created: String(created),
              changed: String(changed),
            })}
          </dd>
        </div>
        <div>
          <dt className="hw-quiet">{t('freshness')}</dt>
          <dd>{freshAt === null ? t('freshUnknown') : <Time at={freshAt} />}</dd>
        </div>
        <div>
          <dt className="hw-quiet">{t('sensitive')}</dt>
          <dd>{t('fields', { count: sensitiveFields })}</dd>
        </div>
      </dl>
      {option.isOptimal ? null : <Text className="hw-quiet">{t('notOptimal')}</Text>}
    </Section>
  );
}

interface WaysProps {
  readonly options: readonly Option[];
  readonly shown: Option;
  readonly onShow: (option: Option) => void;
}

/** The ways side by side, each with what it is best at. */
export function Ways({ options, shown, onShow }: WaysProps) {
  const { t } = useTranslation('plan');
  if (options.length === 1) return <Text className="hw-quiet">{t('onlyWay')}</Text>;
  const heads = [
    t('bestAt'),
    t('datasets'),
    t('components'),
    t('freshness'),
    t('sensitive'),
    t('fromSources'),
    t('show'),
  ];
  return (
    <Section title={t('ways')}>
      <WideTable label={t('ways')} heads={heads} minWidth={760}>
        {options.map((option) => (
          <Table.Tr key={option.goals.join()} aria-current={option === shown ? 'true' : undefined}>
            <Table.Td>{option.goals.map((goal) => t(`goal.${goal}`)).join(', ')}</Table.Td>
            <Table.Td className="hw-name">{option.datasets.map(({ id }) => partsOf(id).name).join(', ')}</Table.Td>
            <Table.Td>{option.components.total}</Table.Td>
            <Table.Td>{option.freshAt === null ? t('freshUnknown') : <Time at={option.freshAt} />}</Table.Td>
            <Table.Td>{option.sensitiveFields}</Table.Td>
            <Table.Td>{option.stepsFromSources}</Table.Td>
            <Table.Td>
              {option === shown ? (
                <Text size="sm" fw={600}>
                  {t('isShown')}
                </Text>
              ) : (
                <Button
                  size="compact-sm"
                  variant="default"
                  className="hw-noprint"
                  onClick={() => {
                    onShow(option);
                  }}
                >
                  {t('show')}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </WideTable>
    </Section>
  );
}
