import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useMayEverywhere } from '../../access/namespaces.js';
import { Restricted } from '../../access/restricted.js';
import { addMessages } from '../../i18n/i18n.js';
import { properties as messages } from '../../i18n/messages/properties.js';
import { Confirm } from '../../ui/confirm.js';
import { Dialog } from '../../ui/dialog.js';
import { PageLink } from '../../ui/link.js';
import { Markdown } from '../../ui/markdown.js';
import { Page, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { Said } from '../../ui/said.js';
import { addressOf, type Asked } from '../search/property-query.js';
import { DeclareForm, DeclareProblem } from './declare-form.js';
import { PROPERTIES, type Property } from './properties-query.js';
import { useDeclare } from './use-declare.js';

addMessages('properties', messages);

/** What is open: a form for a new one (null) or another, or the question whether to remove one. */
interface Open {
  readonly what: 'declare' | 'remove';
  readonly property: Property | null;
}

interface DialogsProps {
  readonly open: Open;
  readonly onClose: () => void;
  readonly onDone: (isReadable: boolean) => void;
}

function OpenDialog({ open: { what, property }, onClose, onDone }: DialogsProps) {
  const { t } = useTranslation('properties');
  const control = useDeclare(onDone);
  if (what === 'declare' || property === null)
    return <DeclareForm property={property} control={control} onClose={onClose} />;
  const remove = (): void => {
    control.save({ do: 'remove', property });
  };
  return (
    <Confirm
      lead={<Text className="hw-name">{t('removeLead', { name: property.name })}</Text>}
      problem={<DeclareProblem control={control} onRetry={remove} />}
      action={t('remove')}
      cancel={t('cancel')}
      doing={t('saving')}
      isDoing={control.isSaving}
      onDo={remove}
      onClose={onClose}
    />
  );
}

/** What values must be, in a line. */
function useTypeWords(): (property: Property) => string {
  const { t, i18n } = useTranslation('properties');
  return ({ type, values, unit, min, max, isMany }) => {
    const shown = (bound: number): string => bound.toLocaleString(i18n.language, { maximumFractionDigits: 20 });
    const said = [
      t(`types.${type}`),
      values.length === 0 ? null : values.join(', '),
      unit,
      min === null ? null : t('from', { bound: shown(min) }),
      max === null ? null : t('to', { bound: shown(max) }),
      isMany ? t('several') : null,
    ];
    return said.filter((part) => part !== null).join(' · ');
  };
}

const found = (id: string, how: Asked): string =>
  `/search?${new URLSearchParams({ property: addressOf({ property: id, how, value: '' }) }).toString()}`;

function useColumns(mayEdit: boolean, onOpen: (open: Open) => void): readonly Column<Property>[] {
  const { t, i18n } = useTranslation('properties');
  const typeWords = useTypeWords();
  const count = (number: number): string => number.toLocaleString(i18n.language);
  const actions: readonly Column<Property>[] = [
    {
      key: 'actions',
      title: t('actions'),
      isAction: true,
      render: (property) => (
        <Group gap="xs" wrap="nowrap" className="hw-noprint">
          {(['declare', 'remove'] as const).map((what) => (
            <Button
              key={what}
              size="compact-sm"
              variant="subtle"
              aria-label={t(what === 'declare' ? 'changeOf' : 'removeOf', { name: property.name })}
              onClick={() => {
                onOpen({ what, property });
              }}
            >
              {t(what === 'declare' ? 'change' : 'remove')}
            </Button>
          ))}
        </Group>
      ),
    },
  ];
  return [
    {
      key: 'name',
      title: t('name'),
      render: ({ name, description }) => (
        <Stack gap={2}>
          <Text className="hw-name" fw={550}>
            {name}
          </Text>
          {description === null ? null : <Markdown text={description} />}
        </Stack>
      ),
    },
    { key: 'type', title: t('type'), render: (property) => <span className="hw-name">{typeWords(property)}</span> },
    { key: 'kinds', title: t('kinds'), render: ({ kinds }) => kinds.map((kind) => t(`kind.${kind}`)).join(', ') },
    {
      key: 'assets',
      title: t('assets'),
      render: ({ id, assets }) => <PageLink to={found(id, 'any')}>{count(assets)}</PageLink>,
    },
    {
      key: 'gaps',
      title: t('gaps'),
      render: ({ id, isRequired, without }) =>
        isRequired ? <PageLink to={found(id, 'none')}>{count(without)}</PageLink> : t('optional'),
    },
    ...(mayEdit ? actions : []),
  ];
}

function Properties() {
  const { t } = useTranslation('properties');
  const mayEdit = useMayEverywhere('CATALOG_EDIT');
  const [open, setOpen] = useState<Open | null>(null);
  const [said, setSaid] = useState('');
  const [{ data, error }, reload] = useQuery({ query: PROPERTIES, requestPolicy: 'cache-and-network' });
  const columns = useColumns(mayEdit, (next) => {
    setSaid('');
    setOpen(next);
  });
  const ask = (): void => {
    reload({ requestPolicy: 'network-only' });
  };
  const close = (): void => {
    setOpen(null);
    // Somebody else may have been there first.
    ask();
  };
  const title = open?.what === 'remove' ? 'removeTitle' : open?.property ? 'changeTitle' : 'create';
  return (
    <Section
      title={t('declared')}
      actions={
        mayEdit ? (
          <Button
            size="compact-md"
            className="hw-noprint"
            onClick={() => {
              setOpen({ what: 'declare', property: null });
            }}
          >
            {t('create')}
          </Button>
        ) : null
      }
    >
      <Said>{said}</Said>
      <Answer data={data} error={error} onRetry={ask}>
        {({ customProperties }) =>
          customProperties.length === 0 ? (
            <Text className="hw-quiet">{t('none')}</Text>
          ) : (
            <Records label={t('declared')} columns={columns} items={customProperties} keyOf={({ id }) => id} />
          )
        }
      </Answer>
      <Dialog isOpen={open !== null} title={t(title)} onClose={close}>
        {open === null ? null : (
          <OpenDialog
            open={open}
            onClose={close}
            onDone={(isReadable) => {
              close();
              setSaid(t(isReadable ? 'saved' : 'kept'));
            }}
          />
        )}
      </Dialog>
    </Section>
  );
}

/** Which properties there are for assets, and how many have them. */
export default function PropertiesPage() {
  const { t } = useTranslation('properties');
  return (
    <Page title={t('title')}>
      <Text maw={760}>{t('lead')}</Text>
      <Restricted to={['CATALOG_READ']}>
        <Properties />
      </Restricted>
    </Page>
  );
}
