import { Button, Group, Pagination, Stack, Table, Text } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KindIcon } from '../../ui/kind.js';
import { RunStateBadge } from '../../ui/run-state.js';
import { Time } from '../../ui/time.js';
import { endOfNode, markOfEdge, markOfNode, type Difference, type Exploration } from './explore.js';
import type { ShownEdge, ShownGraph, ShownNode } from './graph/grouping.js';
import { SIDES, type Side } from './graph/model.js';
import { endLabel, wordsOf } from './graph/words.js';
import { LineSample } from './legend.js';
import type { CardFact } from './use-card-facts.js';

const ROWS = 50;

interface TableViewProps {
  readonly exploration: Exploration;
  readonly shown: ShownGraph;
  readonly facts: ReadonlyMap<string, CardFact>;
  readonly difference: Difference | null;
  readonly onSelect: (id: string) => void;
  readonly onOpenGroup: (key: string) => void;
  readonly onToggleEnd: (id: string, side: Side) => void;
  /** Told which nodes stand on the page that is open. */
  readonly onRows: (ids: ReadonlySet<string>) => void;
}

interface PagedProps<T> {
  readonly rows: readonly T[];
  readonly onRows?: (rows: readonly T[]) => void;
  readonly children: (rows: readonly T[]) => ReactNode;
}

function Paged<T>({ rows, onRows, children }: PagedProps<T>) {
  const { t } = useTranslation('lineage');
  const [page, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(rows.length / ROWS));
  const here = Math.min(page, pages);
  const onPage = rows.slice((here - 1) * ROWS, here * ROWS);
  useEffect(() => {
    onRows?.(onPage);
    // Another page, or other rows; what is done about it is another function in every pass.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [rows, here]);
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={780}>{children(onPage)}</Table.ScrollContainer>
      {pages === 1 ? null : (
        <Pagination
          total={pages}
          value={here}
          onChange={setPage}
          size="sm"
          getControlProps={(control) => ({ 'aria-label': t(`pages.${control}`) })}
          getItemProps={(item) => ({ 'aria-label': t('pages.page', { page: String(item) }) })}
        />
      )}
    </Stack>
  );
}

/** What the picture shows, in rows: the same nodes and connections, and the same that can be done with them. */
export function TableView(props: TableViewProps) {
  const { exploration, shown, facts, difference, onSelect, onOpenGroup, onToggleEnd, onRows } = props;
  const { t } = useTranslation('lineage');
  const { t: general } = useTranslation();
  const byId = new Map(shown.nodes.map((node) => [node.id, node]));
  const nameOf = (node: ShownNode | undefined): string => (node === undefined ? '' : wordsOf(t, node).title);
  const placeOf = (node: ShownNode): ReactNode => {
    const at = exploration.times.get(node.id);
    const { place } = wordsOf(t, node);
    return at === undefined ? (
      place
    ) : (
      <>
        <Time at={at} absolute /> · {place}
      </>
    );
  };
  const end = (node: ShownNode, side: Side): ReactNode => {
    const state = endOfNode(exploration, node, side);
    if (state === null) return t('endNone');
    const label = endLabel(t, state, side, nameOf(node));
    return (
      <Button
        size="compact-xs"
        variant="default"
        aria-label={label}
        onClick={() => {
          onToggleEnd(node.id, side);
        }}
      >
        {t(`endShort.${state.kind === 'more' && state.count !== null ? 'moreOf' : state.kind}`, {
          count: state.count ?? 0,
        })}
      </Button>
    );
  };
  const lines = new Map<string, Record<Side, number>>();
  for (const { from, to } of shown.edges) {
    const count = (id: string, side: Side): void => {
      const counts = lines.get(id) ?? { UPSTREAM: 0, DOWNSTREAM: 0 };
      counts[side] += 1;
      lines.set(id, counts);
    };
    count(from, 'DOWNSTREAM');
    count(to, 'UPSTREAM');
  }
  const marked = (mark: 'added' | 'lapsed' | null): string => (mark === null ? '' : ` (${t(`mark.${mark}`)})`);
  return (
    <Stack gap="lg" className="hw-card" p="md">
      <Text component="h2" fw={620}>
        {t('nodes')}
      </Text>
      <Paged
        rows={shown.nodes}
        onRows={(rows) => {
          onRows(new Set(rows.map(({ id }) => id)));
        }}
      >
        {(rows) => (
          <Table aria-label={t('nodes')}>
            <Table.Thead>
              <Table.Tr>
                {(['name', 'kind', 'place', 'state', 'UPSTREAM', 'DOWNSTREAM'] as const).map((column) => (
                  <Table.Th key={column}>{t(`column.${column}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((node) => {
                const [first] = node.members;
                const fact = facts.get(node.id);
                return (
                  <Table.Tr key={node.id}>
                    <Table.Th scope="row" fw={500}>
                      <Button
                        size="compact-sm"
                        variant="transparent"
                        px={0}
                        onClick={() => {
                          if (node.group === null) onSelect(node.id);
                          else onOpenGroup(node.group.key);
                        }}
                      >
                        <span className="hw-name">{nameOf(node)}</span>
                      </Button>
                      {marked(markOfNode(node, difference))}
                    </Table.Th>
                    <Table.Td>
                      <Group gap={6} wrap="nowrap">
                        <KindIcon kind={first.kind} size={16} />
                      </Group>
                    </Table.Td>
                    <Table.Td className="hw-name" miw={170}>
                      {placeOf(node)}
                    </Table.Td>
                    <Table.Td miw={140}>
                      {fact?.state ? <RunStateBadge state={fact.state} /> : null}
                      {fact !== undefined && fact.failed.length > 0
                        ? t('failedChecks', { count: fact.failed.length })
                        : null}
                      {first.placeholder ? general('placeholder') : null}
                    </Table.Td>
                    {SIDES.map((side) => (
                      <Table.Td key={side}>
                        <Group gap="xs" wrap="nowrap">
                          <span>{lines.get(node.id)?.[side] ?? 0}</span>
                          {end(node, side)}
                        </Group>
                      </Table.Td>
                    ))}
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        )}
      </Paged>
      <Text component="h2" fw={620}>
        {t('edges')}
      </Text>
      <Paged<ShownEdge> rows={shown.edges}>
        {(rows) => (
          <Table aria-label={t('edges')}>
            <Table.Thead>
              <Table.Tr>
                {(['from', 'to', 'evidence', 'since', 'seen', 'proof'] as const).map((column) => (
                  <Table.Th key={column}>{t(`column.${column}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((edge) => (
                <Table.Tr key={edge.id}>
                  <Table.Td className="hw-name" miw={120}>
                    {nameOf(byId.get(edge.from))}
                  </Table.Td>
                  <Table.Td className="hw-name" miw={120}>
                    {nameOf(byId.get(edge.to))}
                  </Table.Td>
                  <Table.Td>
                    <Group gap={6} wrap="nowrap">
                      <LineSample look={edge.look} />
                      {t(`look.${edge.look}`)}
                      {marked(markOfEdge(edge, difference))}
                    </Group>
                  </Table.Td>
                  <Table.Td>
                    <Time at={edge.edges[0].validFrom} absolute />
                  </Table.Td>
                  <Table.Td>
                    <Time at={edge.edges[0].lastSeenAt} />
                  </Table.Td>
                  <Table.Td>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('proofOf', { from: nameOf(byId.get(edge.from)), to: nameOf(byId.get(edge.to)) })}
                      onClick={() => {
                        onSelect(edge.id);
                      }}
                    >
                      {t('proof')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Paged>
    </Stack>
  );
}
