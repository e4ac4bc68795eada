import { Group, NativeSelect, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Restricted } from '../../access/restricted.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { addMessages } from '../../i18n/i18n.js';
import { products as messages } from '../../i18n/messages/products.js';
import { assetHref } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { useConnection } from '../../lib/use-connection.js';
import { useWhole } from '../../lib/use-whole.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import type { Column } from '../../ui/records.js';
import { TextFilter } from '../../ui/text-filter.js';
import { CreateDefinition } from '../define/define-dialogs.js';
import { PRODUCT_STATUSES } from '../define/draft.js';
import { useOwnerRoles } from '../../ui/owner-roles.js';

addMessages('products', messages);

const PRODUCTS = graphql(`
  query Products($domain: ID, $statuses: [DataProductStatus!], $after: String) {
    dataProducts(first: 100, after: $after, domain: $domain, statuses: $statuses) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          status
          domain {
            id
            name
          }
          owners {
            role
            agent {
              id
              displayName
            }
          }
        }
      }
    }
  }
`);

const PRODUCT_DOMAINS = graphql(`
  query ProductDomains {
    domains {
      id
      name
      above {
        name
      }
    }
  }
`);

type Product = ResultOf<typeof PRODUCTS>['dataProducts']['edges'][number]['node'];
const pageOf = ({ dataProducts }: ResultOf<typeof PRODUCTS>) => dataProducts;
/** More would make a page that nobody reads; what is behind is a button away. */
const MOST = 2_000;

function useColumns(): readonly Column<Product>[] {
  const { t } = useTranslation('products');
  const { nameOf } = useOwnerRoles();
  return [
    {
      key: 'name',
      title: t('name'),
      render: ({ id, name }) => (
        <PageLink to={assetHref(id)} className="hw-name" fw={550}>
          {name}
        </PageLink>
      ),
    },
    { key: 'status', title: t('status'), render: ({ status }) => t(`statuses.${status}`) },
    {
      key: 'domain',
      title: t('domain'),
      render: ({ domain }) => (domain === null ? null : <PageLink to={assetHref(domain.id)}>{domain.name}</PageLink>),
    },
    {
      key: 'owners',
      title: t('owners'),
      render: ({ owners }) =>
        owners.length === 0
          ? null
          : owners.map(({ agent, role }) => `${agent.displayName} (${nameOf(role)})`).join(', '),
    },
  ];
}

function Products() {
  const { t } = useTranslation('products');
  const [parameters, set] = useUrlState();
  const text = (parameters.get('q') ?? '').toLowerCase();
  const domain = parameters.get('domain');
  const status = PRODUCT_STATUSES.find((one) => one === parameters.get('status')) ?? null;
  const [{ data }] = useQuery({ query: PRODUCT_DOMAINS, requestPolicy: 'cache-and-network' });
  const variables = useMemo(() => ({ domain, statuses: status === null ? null : [status] }), [domain, status]);
  const connection = useWhole(useConnection({ query: PRODUCTS, variables, pageOf }), MOST);
  const paths = (data?.domains ?? [])
    .map(({ id, name, above }) => ({ value: id, label: [...above.map((one) => one.name), name].join(' / ') }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const edges = connection.edges?.filter(({ node }) => node.name.toLowerCase().includes(text));
  const columns = useColumns();
  return (
    <Section title={t('title')}>
      <Group gap="md" align="flex-end" className="hw-noprint">
        <TextFilter
          label={t('search')}
          hint={t('hint')}
          value={parameters.get('q')}
          onChange={(q) => {
            set({ q });
          }}
        />
        <NativeSelect
          size="sm"
          label={t('domain')}
          value={domain ?? ''}
          data={[{ value: '', label: t('anyDomain') }, ...paths]}
          onChange={({ currentTarget: { value } }) => {
            set({ domain: value });
          }}
        />
        <NativeSelect
          size="sm"
          label={t('status')}
          value={status ?? ''}
          data={[
            { value: '', label: t('anyStatus') },
            ...PRODUCT_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
          ]}
          onChange={({ currentTarget: { value } }) => {
            set({ status: value });
          }}
        />
      </Group>
      <ConnectionRecords
        connection={{ ...connection, edges }}
        label={t('title')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={t('none')}
      />
    </Section>
  );
}

/** Every data product, narrowed down by name, domain and status. */
export default function ProductsPage() {
  const { t } = useTranslation('products');
  return (
    <Page title={t('title')} actions={<CreateDefinition kind="product" />}>
      <Text maw={760}>{t('lead')}</Text>
      <Restricted to={['CATALOG_READ']}>
        <Products />
      </Restricted>
    </Page>
  );
}
