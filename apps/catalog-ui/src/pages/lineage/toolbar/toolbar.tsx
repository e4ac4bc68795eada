import {
  Button,
  Checkbox,
  Group,
  Menu,
  NativeSelect,
  SegmentedControl,
  Select,
  type ComboboxItem,
} from '@mantine/core';
import { IconAdjustmentsHorizontal, IconBolt, IconDots, IconDownload, IconSearch } from '@tabler/icons-react';
import { memo, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  canBeLogical,
  DEPTHS,
  DIRECTIONS,
  GRANULARITIES,
  groupingsOf,
  isLogicalRoot,
  startedAnew,
  type View,
} from '../address.js';
import type { ShownGraph } from '../graph/grouping.js';
import type { Graph } from '../graph/model.js';
import { namingOf } from '../graph/naming.js';
import { wordsOf } from '../graph/words.js';
import type { ViewControl } from '../use-view.js';
import { closestFirst } from './closest-first.js';
import { FilterMenu } from './filter-menu.js';

export const EXPORTS = ['svg', 'png', 'csv', 'json'] as const;
export type ExportKind = (typeof EXPORTS)[number];

interface ToolbarProps extends ViewControl {
  readonly shown: ShownGraph;
  readonly known: Graph;
  readonly rootKind: string;
  readonly onFind: (id: string) => void;
  readonly onExport: (kind: ExportKind) => void;
}

const FOUND_AT_MOST = 60;
const NONE: ComboboxItem[] = [];

/**
 * How the question is asked, what of the answer is shown, and what can be done with it. Of its parts only those that an
 * answer changes are drawn anew with it.
 */
export function Toolbar(props: ToolbarProps) {
  const { view, change, shown, known, rootKind, onFind, onExport } = props;
  const { t } = useTranslation('lineage');
  // On a phone the graph comes first, and how it is asked for is unfolded.
  const [isAsking, setAsking] = useState(false);
  return (
    <Group gap="xs" align="flex-end" className="hw-noprint">
      <Button
        size="xs"
        variant="default"
        hiddenFrom="sm"
        leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />}
        aria-expanded={isAsking}
        onClick={() => {
          setAsking(!isAsking);
        }}
      >
        {t('question')}
      </Button>
      <Group gap="xs" align="flex-end" {...(isAsking ? {} : { visibleFrom: 'sm' })}>
        <Asking view={view} change={change} rootKind={rootKind} />
        <FilterMenu view={view} change={change} known={known} />
      </Group>
      <Finding shown={shown} onFind={onFind} />
      <Doing view={view} change={change} onExport={onExport} />
    </Group>
  );
}

const Asking = memo(function Asking({ view, change, rootKind }: ViewControl & Pick<ToolbarProps, 'rootKind'>) {
  const { t } = useTranslation('lineage');
  const anew = (part: Partial<View>): void => {
    change((before) => startedAnew(before, part), { push: true });
  };
  // Field lineage begins at datasets and fields only.
  const granularities = GRANULARITIES.filter(
    (granularity) =>
      granularity !== 'FIELD' || rootKind === 'DATASET' || rootKind === 'FIELD' || rootKind === 'VERSION',
  );
  const groupings = groupingsOf(view.granularity);
  return (
    <>
      <NativeSelect
        size="xs"
        label={t('granularity')}
        value={view.granularity}
        data={granularities.map((value) => ({ value, label: t(`granularities.${value}`) }))}
        onChange={({ currentTarget: { value } }) => {
          anew({ granularity: GRANULARITIES.find((known) => known === value) ?? 'JOB' });
        }}
      />
      <NativeSelect
        size="xs"
        label={t('direction')}
        value={view.direction}
        data={DIRECTIONS.map((value) => ({ value, label: t(`directions.${value}`) }))}
        onChange={({ currentTarget: { value } }) => {
          anew({ direction: DIRECTIONS.find((known) => known === value) ?? 'BOTH' });
        }}
      />
      <NativeSelect
        size="xs"
        label={t('depth')}
        value={String(view.depth)}
        data={DEPTHS.map((depth) => ({
          value: String(depth),
          label: depth === 100 ? t('everything') : String(depth),
        }))}
        onChange={({ currentTarget: { value } }) => {
          anew({ depth: Number(value) });
        }}
      />
      <NativeSelect
        size="xs"
        label={t('groupBy')}
        value={view.groupBy ?? ''}
        data={[
          { value: '', label: t('groupings.none') },
          ...groupings.map((value) => ({ value, label: t(`groupings.${value}`) })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          change(() => ({ groupBy: groupings.find((known) => known === value) ?? null, openGroups: [] }));
        }}
      />
      {canBeLogical(view.granularity) ? (
        <Checkbox
          size="xs"
          mb={7}
          label={t('logical')}
          checked={view.isLogical}
          disabled={isLogicalRoot(view)}
          onChange={({ currentTarget: { checked } }) => {
            anew({ isLogical: checked, isCompared: false });
          }}
        />
      ) : null}
    </>
  );
});

const Finding = memo(function Finding({ shown, onFind }: Pick<ToolbarProps, 'shown' | 'onFind'>) {
  const { t } = useTranslation('lineage');
  // Thousands of names, which are wanted only by whoever looks for one.
  const [isFinding, setFinding] = useState(false);
  const options = useMemo((): ComboboxItem[] => {
    if (!isFinding) return NONE;
    return shown.nodes.flatMap((node) => {
      if (node.members[0].hidden) return [];
      // What is collapsed can be found too: selected, it stands on its own.
      const inside = node.group === null ? [] : node.members.map((member) => ({ id: member.id, ...namingOf(member) }));
      return [{ id: node.id, ...wordsOf(t, node) }, ...inside].map(({ id, title, place }) => ({
        value: id,
        label: `${title} · ${place}`,
      }));
    });
  }, [isFinding, shown, t]);
  return (
    <Select
      size="xs"
      w={220}
      searchable
      clearable={false}
      label={t('find')}
      placeholder={t('findPlaceholder')}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={<span />}
      data={options}
      onFocus={() => {
        setFinding(true);
      }}
      onBlur={() => {
        setFinding(false);
      }}
      filter={closestFirst}
      limit={FOUND_AT_MOST}
      // The list itself scrolls, as one that its field controls; a box around it could not be reached by keyboard.
      withScrollArea={false}
      styles={{ options: { maxHeight: 240, overflowY: 'auto' } }}
      comboboxProps={{ withinPortal: false }}
      value={null}
      nothingFoundMessage={t('findNone')}
      onChange={(value) => {
        if (value !== null) onFind(value);
      }}
    />
  );
});

const Doing = memo(function Doing({ view, change, onExport }: ViewControl & Pick<ToolbarProps, 'onExport'>) {
  const { t } = useTranslation('lineage');
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('show')}
        value={view.show}
        data={[
          { value: 'graph', label: t('shows.graph') },
          { value: 'table', label: t('shows.table') },
        ]}
        onChange={(value) => {
          change(() => ({ show: value === 'table' ? 'table' : 'graph' }));
        }}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconDots size={14} aria-hidden />}>
            {t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconBolt size={16} aria-hidden />}
            onClick={() => {
              change(() => ({ panel: 'impact', selected: null }));
            }}
          >
            {t('impact')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('export')}</Menu.Label>
          {EXPORTS.map((kind) => (
            <Menu.Item
              key={kind}
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => {
                onExport(kind);
              }}
            >
              {t(`exports.${kind}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
});
