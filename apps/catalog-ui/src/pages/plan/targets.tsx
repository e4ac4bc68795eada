import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { partsOf } from '../../lib/node-id.js';
import { AssetFilter } from '../../ui/asset-filter.js';
import { NodeIdLink } from '../../ui/asset-link.js';
import { Section } from '../../ui/page.js';
import { FIELDS } from './plan-query.js';
import classes from './plan.module.css';

interface TargetsProps {
  readonly targets: readonly string[];
  readonly onChange: (targets: readonly string[]) => void;
}

const MOST = 30;

/** The fields that are wanted, and where others are picked: a dataset by its name, then a field of it. */
export function Targets({ targets, onChange }: TargetsProps) {
  const { t } = useTranslation('plan');
  const add = (id: string): void => {
    if (!targets.includes(id)) onChange([...targets, id]);
  };
  return (
    <Section title={t('wanted')}>
      {targets.length === 0 ? <Text className="hw-quiet">{t('wantedNone')}</Text> : null}
      <ul className={classes['list']}>
        {targets.map((id) => (
          <li key={id}>
            <Group gap="xs" wrap="nowrap" justify="space-between">
              <NodeIdLink id={id} />
              <ActionIcon
                variant="subtle"
                color="gray"
                className="hw-noprint"
                aria-label={t('leaveOut', { name: nameOf(id) })}
                onClick={() => {
                  onChange(targets.filter((one) => one !== id));
                }}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ul>
      {targets.length < MOST ? <Picker onPick={add} isPicked={(id) => targets.includes(id)} /> : null}
    </Section>
  );
}

function nameOf(id: string): string {
  const { name, rest } = partsOf(id);
  return [name, ...rest].join(' · ');
}

interface PickerProps {
  readonly onPick: (field: string) => void;
  readonly isPicked: (field: string) => boolean;
}

function Picker({ onPick, isPicked }: PickerProps) {
  const { t } = useTranslation('plan');
  const [dataset, setDataset] = useState<string | null>(null);
  const [field, setField] = useState<string | null>(null);
  const [{ data, fetching }] = useQuery({ query: FIELDS, variables: { id: dataset ?? '' }, pause: dataset === null });
  const node = dataset === null || fetching ? null : data?.node;
  const fields = node?.__typename === 'Dataset' ? node.fields.edges.map(({ node: one }) => one) : [];
  const options = fields
    .filter(({ id }) => !isPicked(id))
    .map(({ id, segments }) => ({ value: id, label: segments.join('.') }));
  return (
    <Stack gap="xs" className="hw-noprint">
      <Group gap="sm" align="flex-end">
        <AssetFilter
          label={t('pickDataset')}
          hint={t('pickDatasetHint')}
          value={dataset}
          kinds={['DATASET']}
          onChange={(id) => {
            setField(null);
            // The address of a field, or its id, is as good as its dataset.
            if (id?.startsWith('field:') === true) onPick(id);
            else setDataset(id);
          }}
        />
        <Select
          size="sm"
          label={t('pickField')}
          placeholder={t('pickFieldHint')}
          data={options}
          value={field}
          onChange={setField}
          disabled={options.length === 0}
          searchable
          miw={200}
          flex={1}
          nothingFoundMessage={t('pickFieldNone')}
        />
        <Button
          size="sm"
          disabled={field === null}
          onClick={() => {
            if (field !== null) onPick(field);
            setField(null);
          }}
        >
          {t('add')}
        </Button>
      </Group>
    </Stack>
  );
}
