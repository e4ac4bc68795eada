import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { DetailsSection, PresentOnly } from './asset-parts.js';
import classes from './asset.module.css';
import type { NodeOf } from './asset-query.js';
import { DomainPath } from './domain-view.js';
import { DefineHere } from './edit/define-here.js';
import { Description } from './overview.js';
import { useAsOf } from './use-as-of.js';
import { useOwnerRoles } from '../../ui/owner-roles.js';

type Node = NodeOf<'DataProduct'>;

interface Linked {
  readonly id: string;
  readonly displayName: string;
}

function Status({ status }: { readonly status: Node['productStatus'] }) {
  const { t } = useTranslation('asset');
  return (
    <Badge variant="default" tt="none">
      {t(`productStatus.${status}`)}
    </Badge>
  );
}

function NodeLink({ to: { id, displayName } }: { readonly to: Linked }) {
  const asOf = useAsOf();
  return (
    <PageLink to={assetHref(id, { asOf })} inherit>
      {displayName}
    </PageLink>
  );
}

/** The data products that a dataset is an output port of; nothing where it is of none. */
export function DataProducts({ products }: { readonly products: NodeOf<'Dataset'>['dataProducts'] }) {
  const { t } = useTranslation('asset');
  if (products.length === 0) return null;
  return (
    <Section title={t('products')}>
      <ul className={classes['list']}>
        {products.map(({ id, name, productStatus }) => (
          <li key={id}>
            <NodeLink to={{ id, displayName: name }} /> <Status status={productStatus} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The datasets that a product offers, each since when. */
function Ports({ ports }: { readonly ports: Node['outputPorts'] }) {
  const { t } = useTranslation('asset');
  return (
    <Section title={t('productPorts')}>
      <PresentOnly />
      {ports.length === 0 ? <Text className="hw-quiet">{t('productNoPorts')}</Text> : null}
      <ul className={classes['list']}>
        {ports.map(({ dataset, since }) => (
          <li key={dataset.id}>
            <NodeLink to={dataset} />
            <Text size="xs" className="hw-quiet">
              {t('since')} <Time at={since} absolute />
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The jobs that read its ports, each with which. */
function Consumers({ readers }: { readonly readers: Node['readers'] }) {
  const { t } = useTranslation('asset');
  return (
    <Section title={t('productConsumers')}>
      <PresentOnly />
      {readers.length === 0 ? <Text className="hw-quiet">{t('productNoConsumers')}</Text> : null}
      <ul className={classes['list']}>
        {readers.map(({ job, ports }) => (
          <li key={job.id}>
            <NodeLink to={job} />
            <Text size="xs" className="hw-quiet hw-name">
              {t('productReads', { ports: ports.map(({ displayName }) => displayName).join(', ') })}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A data product: what it offers, who answers for it, and who uses it. */
export function DataProductView({ node }: { readonly node: Node }) {
  const { t } = useTranslation('asset');
  const { nameOf } = useOwnerRoles();
  const { productOwners: owners, productDomain: domain } = node;
  return (
    <Page
      title={node.productName}
      actions={
        <DefineHere
          kind="product"
          id={node.id}
          name={node.productName}
          changedIn={domain?.id ?? null}
          removedIn={domain?.id ?? null}
          list="/products"
        />
      }
    >
      {node.offer === null ? null : <Description text={node.offer} isOfNow />}
      <DetailsSection
        entries={[
          [t('termStatusTitle'), <Status key="status" status={node.productStatus} />],
          [t('domain'), domain === null ? null : <DomainPath key="domain" domain={domain} />],
          [
            t('productOwners'),
            owners.length === 0
              ? null
              : owners.map(({ agent, role }, at) => (
                  <span key={`${agent.id} ${role}`}>
                    {at === 0 ? null : ', '}
                    <NodeLink to={agent} /> ({nameOf(role)})
                  </span>
                )),
          ],
          [t('domainSince'), <Time key="since" at={node.since} absolute />, true],
          [t('domainBy'), node.enteredBy, true],
        ]}
      />
      <Ports ports={node.outputPorts} />
      <Consumers readers={node.readers} />
    </Page>
  );
}
