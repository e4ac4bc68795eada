import { Checkbox, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref, nameWithin, partsOf } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { TagBadge } from '../../ui/tag-badge.js';
import { Time } from '../../ui/time.js';
import { Way } from '../../ui/way.js';
import type { Option, PlannedDataset, PlannedJoin } from './plan-query.js';
import classes from './plan.module.css';
import type { Ticks } from './use-ticks.js';
import { useOwnerRoles } from '../../ui/owner-roles.js';

interface ItemProps {
  readonly name: string;
  /** What it is called for those who hear it. */
  readonly label: string;
  readonly ticks: Ticks;
  readonly children: ReactNode;
}

function Item({ name, label, ticks, children }: ItemProps) {
  return (
    <li className={classes['item']}>
      <Checkbox
        mt={2}
        aria-label={label}
        checked={ticks.has(name)}
        onChange={() => {
          ticks.toggle(name);
        }}
      />
      <div>{children}</div>
    </li>
  );
}

/** From where the values come to the wanted field and to the one that is read, as they flow. */
function waysOf({ via, commonSource }: PlannedDataset['fields'][number]): readonly (readonly string[])[] {
  const at = via.indexOf(commonSource);
  return [via.slice(0, at + 1).reverse(), via.slice(at)].filter((way) => way.length > 1);
}

/** A field to read: what it stands for where that is another one, over which copies, and how sensitive it is. */
function Read({ read }: { readonly read: PlannedDataset['fields'][number] }) {
  const { t } = useTranslation('plan');
  const { id, target, stepsFromSource, tags } = read;
  return (
    <li>
      <Stack gap={2}>
        <Group gap="xs">
          <PageLink to={assetHref(id)} className="hw-name" fw={550}>
            {partsOf(id).rest.join(' · ')}
          </PageLink>
          {tags.map(({ tag, propagated }) => (
            <TagBadge key={tag.name} name={tag.name} hasCome={propagated} />
          ))}
        </Group>
        <Text size="sm" className="hw-quiet hw-name">
          {id === target ? t('itself') : t('standsFor', { name: nameWithin(target) })}
          {', '}
          {t('steps', { count: stepsFromSource })}
        </Text>
        {waysOf(read).map((ids) => (
          <Way key={ids.join(' ')} ids={ids} hidden={t('hidden')} />
        ))}
      </Stack>
    </li>
  );
}

function DatasetItem({ of, ticks }: { readonly of: PlannedDataset; readonly ticks: Ticks }) {
  const { t } = useTranslation('plan');
  const { id, dataset, freshAt, fields } = of;
  return (
    <Item name={`read ${id}`} label={t('doneRead', { name: dataset.displayName })} ticks={ticks}>
      <Stack gap="xs">
        <AssetLink id={id} kind="DATASET" name={partsOf(id).name} namespace={dataset.namespace} />
        <Text size="sm" className="hw-quiet">
          {dataset.assetType === null ? null : `${dataset.assetType}, `}
          {freshAt === null ? (
            t('freshUnknown')
          ) : (
            <>
              {t('fresh')} <Time at={freshAt} />
            </>
          )}
        </Text>
        <ul className={classes['list']}>
          {fields.map((read) => (
            <Read key={`${read.target} ${read.id}`} read={read} />
          ))}
        </ul>
      </Stack>
    </Item>
  );
}

function JoinItem({ join, ticks }: { readonly join: PlannedJoin; readonly ticks: Ticks }) {
  const { t } = useTranslation('plan');
  const [left, right] = [partsOf(join.left).name, partsOf(join.right).name];
  return (
    <Item name={`join ${join.left} ${join.right}`} label={t('doneJoin', { left, right })} ticks={ticks}>
      <Stack gap={4}>
        <Text className="hw-name" fw={550}>
          {t('joinOf', { left, right })}
        </Text>
        {join.keys.map((key, at) => (
          <Text key={`${key.left} ${key.right}`} size="sm" className="hw-name">
            {at === 0 ? t('on') : t('orOn')} <code>{partsOf(key.left).rest.join('.')}</code> ={' '}
            <code>{partsOf(key.right).rest.join('.')}</code>
            <span className="hw-quiet"> ({key.reasons.map((reason) => t(`reason.${reason}`)).join(', ')})</span>
          </Text>
        ))}
      </Stack>
    </Item>
  );
}

/** Everything that is to be done for one way to collect the fields, each with a box to tick. */
export function Checklist({ option, ticks }: { readonly option: Option; readonly ticks: Ticks }) {
  const { t } = useTranslation('plan');
  const { nameOf } = useOwnerRoles();
  const { datasets, joins, contacts, unowned } = option;
  const groups = [...new Set(datasets.map(({ group }) => group))];
  return (
    <>
      <Section title={t('read')}>
        {groups.map((group) => (
          <Stack key={group} gap="sm">
            {groups.length > 1 ? <Text fw={600}>{t('group', { number: String(group) })}</Text> : null}
            <ul className={classes['list']}>
              {datasets
                .filter((one) => one.group === group)
                .map((one) => (
                  <DatasetItem key={one.id} of={one} ticks={ticks} />
                ))}
            </ul>
          </Stack>
        ))}
      </Section>
      {datasets.length === 1 ? null : (
        <Section title={t('join')}>
          {groups.length > 1 ? <Text role="note">{t('unconnected', { count: groups.length - 1 })}</Text> : null}
          <ul className={classes['list']}>
            {joins.map((join) => (
              <JoinItem key={`${join.left} ${join.right}`} join={join} ticks={ticks} />
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('ask')}>
        <ul className={classes['list']}>
          {contacts.map(({ agent, roles, datasets: of }) => (
            <Item
              key={agent.id}
              name={`ask ${agent.id}`}
              label={t('doneAsk', { name: agent.displayName })}
              ticks={ticks}
            >
              <PageLink to={assetHref(agent.id)} className="hw-name" fw={550}>
                {agent.displayName}
              </PageLink>
              <Text size="sm" className="hw-quiet hw-name">
                {roles.map(nameOf).join(', ')}: {of.map((id) => partsOf(id).name).join(', ')}
              </Text>
            </Item>
          ))}
        </ul>
        {unowned.length === 0 ? null : (
          <Text className="hw-name">
            {t('unowned', { names: unowned.map(({ id }) => partsOf(id).name).join(', ') })}
          </Text>
        )}
      </Section>
    </>
  );
}
