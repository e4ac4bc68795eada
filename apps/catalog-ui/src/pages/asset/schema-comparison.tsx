import { Badge, Checkbox, Group, NativeSelect, Table, Text } from '@mantine/core';
import { IconArrowsSort, IconMinus, IconPencil, IconPlus, IconReplace } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../../lib/url-state.js';
import { Section } from '../../ui/page.js';
import { zonedTime } from '../../ui/time.js';
import { WideTable } from '../../ui/wide-table.js';
import { schemaDifference, type DifferenceLine, type FieldChange, type ListedField } from './schema-difference.js';
import { versionKey, type SchemaVersion } from './schema-query.js';

const LOOKS = {
  ADDED: { Icon: IconPlus, color: 'var(--hw-good)' },
  REMOVED: { Icon: IconMinus, color: 'var(--hw-bad)' },
  RENAMED: { Icon: IconReplace, color: 'var(--hw-warn)' },
  TYPE: { Icon: IconPencil, color: 'var(--hw-warn)' },
  DESCRIPTION: { Icon: IconPencil, color: 'var(--hw-quiet)' },
  MOVED: { Icon: IconArrowsSort, color: 'var(--hw-quiet)' },
} as const satisfies Record<FieldChange, unknown>;

function Change({ change }: { readonly change: FieldChange }) {
  const { t } = useTranslation('asset');
  const { Icon, color } = LOOKS[change];
  return (
    <Badge
      variant="outline"
      size="sm"
      tt="none"
      miw="max-content"
      leftSection={<Icon size={11} aria-hidden />}
      style={{ color, borderColor: color }}
    >
      {t(`change.${change}`)}
    </Badge>
  );
}

function FieldCell({
  field,
  changes,
}: {
  readonly field: ListedField | null;
  readonly changes: readonly FieldChange[];
}) {
  if (field === null) return null;
  return (
    <>
      <Text size="sm" className="hw-mono hw-name">
        {field.type}
      </Text>
      {changes.includes('DESCRIPTION') || changes.includes('ADDED') || changes.includes('REMOVED') ? (
        <Text size="sm" className="hw-quiet hw-name">
          {field.description}
        </Text>
      ) : null}
    </>
  );
}

function Line({ line: { path, before, after, changes } }: { readonly line: DifferenceLine }) {
  const { t } = useTranslation('asset');
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td className="hw-name" fw={550}>
        {path}
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {changes.length === 0 ? <span className="hw-quiet">{t('change.NONE')}</span> : null}
          {changes.map((change) => (
            <Change key={change} change={change} />
          ))}
        </Group>
        {before !== null && changes.includes('RENAMED') ? (
          <Text size="sm" className="hw-name">
            {t('renamedNames', { before: before.segments.join('.'), after: path })}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        <FieldCell field={before} changes={changes} />
      </Table.Td>
      <Table.Td>
        <FieldCell field={after} changes={changes} />
      </Table.Td>
    </Table.Tr>
  );
}

/** The one before another that first differs from it; else simply the one before. */
function earlierOf(versions: readonly SchemaVersion[], of: SchemaVersion | undefined): SchemaVersion | undefined {
  const earlier = versions.slice(of === undefined ? 1 : versions.indexOf(of) + 1);
  return earlier.find(({ schemaHash }) => schemaHash !== of?.schemaHash) ?? earlier[0] ?? versions.at(-1);
}

/** Two schemas of a dataset field by field; the address names both. */
export function SchemaComparison({ versions }: { readonly versions: readonly SchemaVersion[] }) {
  const { t, i18n } = useTranslation('asset');
  const [parameters, set] = useUrlState();
  const [isWhole, setIsWhole] = useState(false);
  const named = (parameter: string): SchemaVersion | undefined =>
    versions.find((version) => versionKey(version) === parameters.get(parameter));
  const after = named('after') ?? versions[0];
  const before = named('before') ?? earlierOf(versions, after);
  const lines = before === undefined || after === undefined ? [] : schemaDifference(before.fields, after.fields);
  const changed = lines.filter(({ changes }) => changes.length > 0);
  const shown = isWhole ? lines : changed;
  const choices = versions.map((version) => ({
    value: versionKey(version),
    label: [zonedTime(version.validFrom, i18n.language), version.producer].filter(Boolean).join(' · ').slice(0, 120),
  }));
  return (
    <Section title={t('compare')}>
      <Group gap="sm" align="flex-end">
        {(
          [
            ['before', before],
            ['after', after],
          ] as const
        ).map(([side, version]) => (
          <NativeSelect
            key={side}
            label={t(side === 'before' ? 'compareBefore' : 'compareAfter')}
            data={choices}
            value={version === undefined ? '' : versionKey(version)}
            maw="100%"
            onChange={({ currentTarget }) => {
              set({ [side]: currentTarget.value });
            }}
          />
        ))}
      </Group>
      <Group justify="space-between">
        <Text role="status">
          {changed.length === 0 ? t('noDifference') : t('differences', { count: changed.length })}
        </Text>
        <Checkbox
          className="hw-noprint"
          label={t('showUnchanged')}
          checked={isWhole}
          onChange={({ currentTarget }) => {
            setIsWhole(currentTarget.checked);
          }}
        />
      </Group>
      {shown.length === 0 ? null : (
        <WideTable
          label={t('compare')}
          heads={(['field', 'changeHead', 'before', 'after'] as const).map((head) => t(head))}
        >
          {shown.map((line) => (
            <Line key={`${line.path} ${line.changes.join(' ')}`} line={line} />
          ))}
        </WideTable>
      )}
      {changed.some(({ changes }) => changes.includes('RENAMED')) ? (
        <Text size="sm" className="hw-quiet">
          {t('renamedHint')}
        </Text>
      ) : null}
    </Section>
  );
}
