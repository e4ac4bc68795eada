import { Autocomplete, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Restricted } from '../../access/restricted.js';
import { addMessages } from '../../i18n/i18n.js';
import { flows as messages } from '../../i18n/messages/flows.js';
import { href } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { AsOf } from '../../ui/as-of.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Page, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { FlowMap } from './flow-map.js';
import { FlowTables } from './flow-tables.js';
import { FLOWS, TAGS } from './flows-query.js';

addMessages('flows', messages);

const GROUPINGS = ['DOMAIN', 'NAMESPACE'] as const;
type Grouping = (typeof GROUPINGS)[number];

/** What people look for first where no tag is asked about. */
const PERSONAL = /personal|pii|gdpr|dsgvo/i;

interface AskedProps {
  readonly tag: string;
  readonly by: Grouping;
  readonly open: readonly string[];
  readonly asOf: string | null;
  readonly onOpen: (open: readonly string[]) => void;
}

function Asked({ tag, by, open, asOf, onOpen }: AskedProps) {
  const { t, i18n } = useTranslation('flows');
  const [{ data, error }, ask] = useQuery({
    query: FLOWS,
    variables: { tag, by, open: [...open], asOf },
    requestPolicy: 'cache-and-network',
  });
  const written = (count: number): string => count.toLocaleString(i18n.language);
  return (
    <Answer
      data={data}
      error={error}
      onRetry={() => {
        ask({ requestPolicy: 'network-only' });
      }}
    >
      {({ tagFlows }) => {
        const { totalFields, totalAssets, totalOutside, nodes } = tagFlows;
        if (nodes.length === 0)
          return (
            <Empty>
              <Text>{t('nowhere')}</Text>
            </Empty>
          );
        return (
          <Stack gap="lg">
            <Text role="status">
              {[
                t('total', { count: totalFields, total: written(totalFields) }),
                t('outsideTotal', { count: totalOutside, total: written(totalOutside) }),
                ...(totalAssets === 0 ? [] : [t('assetsTotal', { count: totalAssets, total: written(totalAssets) })]),
              ].join('; ')}
            </Text>
            <Section
              title={t('map')}
              actions={
                <Group gap="md">
                  {open.length === 0 ? null : (
                    <Button
                      variant="default"
                      size="compact-md"
                      onClick={() => {
                        onOpen([]);
                      }}
                    >
                      {t('close')}
                    </Button>
                  )}
                  <PageLink to={href('/tag', { name: tag, asOf })}>{t('where')}</PageLink>
                </Group>
              }
            >
              <FlowMap
                flows={tagFlows}
                asOf={asOf}
                onOpen={(id) => {
                  onOpen([...new Set([...open, id])].slice(-10));
                }}
              />
            </Section>
            <FlowTables flows={tagFlows} />
          </Stack>
        );
      }}
    </Answer>
  );
}

function TagChoice({ tag, onChange }: { readonly tag: string; readonly onChange: (tag: string) => void }) {
  const { t } = useTranslation('flows');
  const [typed, setTyped] = useState(tag);
  const [{ data }] = useQuery({ query: TAGS });
  const known = data?.search.facets.find(({ name }) => name === 'TAG')?.values.map(({ value }) => value) ?? [];
  const usual = known.find((one) => PERSONAL.test(one)) ?? null;
  useEffect(() => {
    setTyped(tag);
  }, [tag]);
  useEffect(() => {
    if (tag === '' && usual !== null) onChange(usual);
    // Only at the beginning: who empties the field has another tag in mind.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [usual]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed.trim());
      }}
    >
      <Autocomplete
        size="sm"
        miw={260}
        label={t('tag')}
        placeholder={t('tagHint')}
        value={typed}
        data={[...new Set(known)]}
        onChange={setTyped}
        onOptionSubmit={onChange}
        onBlur={() => {
          onChange(typed.trim());
        }}
      />
    </form>
  );
}

/** From where a tag was put to where its values get to, and what ends them, as a map and as tables. */
export default function FlowsPage() {
  const { t } = useTranslation('flows');
  const [parameters, set] = useUrlState();
  const tag = parameters.get('tag') ?? '';
  const by = GROUPINGS.find((one) => one === parameters.get('by')) ?? 'DOMAIN';
  const asked = parameters.get('asOf');
  const asOf = asked === null || Number.isNaN(Date.parse(asked)) ? null : asked;
  const open = (parameters.get('open') ?? '').split(' ').filter((id) => id !== '');
  return (
    <Page
      title={t('title')}
      actions={
        <AsOf
          value={asOf}
          onChange={(value) => {
            set({ asOf: value });
          }}
        />
      }
    >
      <Text maw={760}>{t('lead')}</Text>
      <Restricted to={['CATALOG_READ']}>
        <Stack gap="lg">
          <Group gap="md" align="flex-end" className="hw-noprint">
            <TagChoice
              tag={tag}
              onChange={(next) => {
                if (next !== tag) set({ tag: next, open: null });
              }}
            />
            <NativeSelect
              size="sm"
              label={t('by')}
              value={by}
              data={GROUPINGS.map((value) => ({ value, label: t(`grouping.${value}`) }))}
              onChange={({ currentTarget: { value } }) => {
                set({ by: value, open: null });
              }}
            />
          </Group>
          {tag === '' ? (
            <Empty>
              <Text>{t('noTag')}</Text>
            </Empty>
          ) : (
            <Asked
              tag={tag}
              by={by}
              open={open}
              asOf={asOf}
              onOpen={(ids) => {
                set({ open: ids.join(' ') });
              }}
            />
          )}
        </Stack>
      </Restricted>
    </Page>
  );
}
