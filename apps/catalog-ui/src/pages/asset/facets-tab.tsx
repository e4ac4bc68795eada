import { Accordion, Anchor, Badge, Code, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { indentJson } from '../../lib/indent-json.js';
import { isSafeLink } from '../../lib/safe-link.js';
import { CodeBlock } from '../../ui/code-block.js';
import { Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Time, zonedTime } from '../../ui/time.js';
import classes from './asset.module.css';
import { Details, Nothing } from './asset-parts.js';
import { facetGroups, type FacetGroup } from './facet-groups.js';
import { isBy } from './run-then.js';
import { Later } from './then.js';
import { useAsOf } from './use-as-of.js';

const FACET = graphql(`
  fragment FacetRow on Facet @_unmask {
    name
    producer
    schemaUrl
    known
    valid
    at
    body
    raw
    findings {
      code
      message
      pointer
    }
  }
`);

const FACETS = graphql(
  `
    query Facets($id: ID!) {
      node(id: $id) {
        __typename
        ... on Asset {
          facets {
            ...FacetRow
          }
        }
        ... on Run {
          facets {
            ...FacetRow
          }
        }
      }
    }
  `,
  [FACET],
);

type Facet = ResultOf<typeof FACET>;

function Url({ url }: { readonly url: string | null }) {
  if (url === null) return null;
  return isSafeLink(url) ? (
    <Anchor href={url} target="_blank" rel="noreferrer noopener nofollow" className="hw-name" inherit>
      {url}
    </Anchor>
  ) : (
    <span className="hw-name">{url}</span>
  );
}

export function FindingList({ findings }: { readonly findings: Facet['findings'] }) {
  return (
    <Stack gap={4}>
      {findings.map(({ code, message, pointer }) => (
        <Text key={`${code} ${pointer} ${message}`} size="sm" className="hw-name">
          <Code>{code}</Code> {message} {pointer === '' ? null : <span className="hw-mono hw-quiet">{pointer}</span>}
        </Text>
      ))}
    </Stack>
  );
}

function Marks({ facet: { known, valid, findings } }: { readonly facet: Facet }) {
  const { t } = useTranslation('asset');
  return (
    <>
      {known ? null : (
        <Tooltip label={t('facetUnknownHint')}>
          <Badge variant="default" tt="none">
            {t('facetUnknown')}
          </Badge>
        </Tooltip>
      )}
      {valid ? null : (
        <Tooltip label={t('facetInvalidHint')}>
          <Badge variant="outline" tt="none" style={{ color: 'var(--hw-bad)', borderColor: 'var(--hw-bad)' }}>
            {t('facetInvalid')}
          </Badge>
        </Tooltip>
      )}
      {findings.length === 0 ? null : (
        <Badge variant="outline" tt="none" style={{ color: 'var(--hw-warn)', borderColor: 'var(--hw-warn)' }}>
          {t('findings', { count: findings.length })}
        </Badge>
      )}
    </>
  );
}

/** Who else says the same, and since when it has been said. */
function AlsoSaid({ group: { since, statements } }: { readonly group: FacetGroup<Facet> }) {
  const { t, i18n } = useTranslation('asset');
  return (
    <Stack gap={4}>
      <Text size="sm">{t('facetSame', { count: statements.length, time: zonedTime(since, i18n.language) })}</Text>
      <ul className={classes['list']} aria-label={t('facetSaidBy')}>
        {statements.map(({ producer, at }) => (
          <li key={`${producer ?? ''} ${at}`} className="hw-quiet hw-name" style={{ fontSize: '0.875rem' }}>
            {producer}, <Time at={at} absolute />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function FacetItem({ group, value }: { readonly group: FacetGroup<Facet>; readonly value: string }) {
  const { t } = useTranslation('asset');
  const { latest: facet, statements } = group;
  const { name, producer, schemaUrl, at, raw, findings } = facet;
  return (
    <Accordion.Item value={value}>
      <Accordion.Control>
        <Group gap="xs">
          <Text component="span" fw={600} className="hw-name">
            {name}
          </Text>
          <Text component="span" size="sm" className="hw-quiet hw-name">
            {producer}
          </Text>
          {statements.length === 1 ? null : (
            <Badge variant="default" tt="none">
              {t('facetTimes', { count: statements.length })}
            </Badge>
          )}
          <Marks facet={facet} />
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="sm">
          <Details
            entries={[
              [t('producer'), producer],
              [t('facetSchema'), schemaUrl === null ? null : <Url key="schema" url={schemaUrl} />],
              [t('facetAt'), <Time key="at" at={at} absolute />],
            ]}
          />
          {statements.length === 1 ? null : <AlsoSaid group={group} />}
          <FindingList findings={findings} />
          <CodeBlock text={indentJson(raw)} copyText={raw} label={name} />
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

/** What producers sent, as it was received; the same from several is there once. As of a moment: what held then and still does. */
export function FacetsTab({ id }: { readonly id: string }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const [{ data, error }, reload] = useQuery({ query: FACETS, variables: { id }, requestPolicy: 'cache-and-network' });
  return (
    <Section title={t('facets')}>
      <Answer
        data={data}
        error={error}
        onRetry={() => {
          reload({ requestPolicy: 'network-only' });
        }}
        lines={6}
      >
        {({ node }) => {
          const facets = node !== null && 'facets' in node ? node.facets : [];
          const there = facets.filter(({ at }) => isBy(at, asOf));
          return (
            <>
              {there.length === 0 ? <Nothing>{t(asOf === null ? 'facetsNone' : 'facetsNoneThen')}</Nothing> : null}
              <Accordion multiple order={3} chevronPosition="left" variant="separated" keepMounted={false}>
                {facetGroups(there).map((group, index) => (
                  <FacetItem key={`${group.latest.name} ${String(index)}`} group={group} value={String(index)} />
                ))}
              </Accordion>
              <Later of="laterFacets" count={facets.length - there.length} />
              {asOf === null ? null : <Text className="hw-quiet">{t('facetsReplaced')}</Text>}
            </>
          );
        }}
      </Answer>
    </Section>
  );
}
