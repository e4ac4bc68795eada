import { Badge, Button, Checkbox, Group, Popover, ScrollArea, Stack, Text } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { shownKind } from '../../../ui/kind.js';
import { EDGE_LOOKS, lookOf, type EdgeLook, type Graph } from '../graph/model.js';
import { namespaceOf } from '../graph/naming.js';
import { LineSample } from '../legend.js';
import type { View } from '../address.js';
import { toggled, type ViewControl } from '../use-view.js';

/** How many known nodes and edges each filter value stands for. */
interface Counted {
  readonly kinds: ReadonlyMap<string, number>;
  readonly namespaces: ReadonlyMap<string, number>;
  readonly looks: ReadonlyMap<EdgeLook, number>;
}

function countedOf(known: Graph): Counted {
  const kinds = new Map<string, number>();
  const namespaces = new Map<string, number>();
  const looks = new Map<EdgeLook, number>();
  const add = <K,>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const node of known.nodes.values()) {
    add(kinds, node.kind);
    if (!node.hidden) add(namespaces, namespaceOf(node));
  }
  for (const edge of known.edges.values()) add(looks, lookOf(edge));
  return { kinds, namespaces, looks };
}

interface FilterMenuProps extends ViewControl {
  readonly known: Graph;
}

const chosenIn = ({ kinds, namespaces, looks }: View): number => kinds.length + namespaces.length + looks.length;

/** Which kinds, namespaces and evidence are shown; nothing chosen means all. */
export function FilterMenu(props: FilterMenuProps) {
  const { t } = useTranslation('lineage');
  const chosen = chosenIn(props.view);
  return (
    <Popover position="bottom-start" withArrow trapFocus width={320}>
      <Popover.Target>
        <Button size="xs" variant={chosen > 0 ? 'light' : 'default'} leftSection={<IconFilter size={14} aria-hidden />}>
          {chosen > 0 ? t('filtersOn', { count: chosen }) : t('filters')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filters')}>
        <Filters {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Filters({ view, change, known }: FilterMenuProps) {
  const counted = useMemo(() => countedOf(known), [known]);
  const { t, i18n } = useTranslation('lineage');
  const { t: general } = useTranslation();
  const withHeld = (counts: ReadonlyMap<string, number>, held: readonly string[]) =>
    [...new Map([...held.map((value) => [value, 0] as const), ...counts])].sort(([a], [b]) => (a < b ? -1 : 1));
  const row = (label: string, count: number, isChecked: boolean, onToggle: () => void, look?: EdgeLook) => (
    <Group key={label} justify="space-between" wrap="nowrap" gap="xs">
      <Checkbox size="xs" checked={isChecked} onChange={onToggle} label={<span className="hw-name">{label}</span>} />
      <Group gap={6} wrap="nowrap">
        {look === undefined ? null : <LineSample look={look} />}
        <Badge variant="default" size="sm" style={{ flexShrink: 0 }}>
          {count.toLocaleString(i18n.language)}
        </Badge>
      </Group>
    </Group>
  );
  return (
    <ScrollArea.Autosize mah={420} type="auto">
      <Stack gap="sm" pr="xs">
        <Text fw={600} size="sm">
          {t('filterKind')}
        </Text>
        {withHeld(counted.kinds, view.kinds).map(([kind, count]) =>
          row(general(`kind.${shownKind(kind)}`), count, view.kinds.includes(kind), () => {
            change((before) => ({ kinds: toggled(before.kinds, kind) }));
          }),
        )}
        <Text fw={600} size="sm">
          {t('filterEvidence')}
        </Text>
        {EDGE_LOOKS.map((look) =>
          row(
            t(`look.${look}`),
            counted.looks.get(look) ?? 0,
            view.looks.includes(look),
            () => {
              change((before) => ({ looks: toggled(before.looks, look) }));
            },
            look,
          ),
        )}
        <Text fw={600} size="sm">
          {t('filterNamespace')}
        </Text>
        {withHeld(counted.namespaces, view.namespaces).map(([namespace, count]) =>
          row(namespace, count, view.namespaces.includes(namespace), () => {
            change((before) => ({ namespaces: toggled(before.namespaces, namespace) }));
          }),
        )}
        {chosenIn(view) === 0 ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              change(() => ({ kinds: [], namespaces: [], looks: [] }));
            }}
          >
            {t('clearFilters')}
          </Button>
        )}
      </Stack>
    </ScrollArea.Autosize>
  );
}
