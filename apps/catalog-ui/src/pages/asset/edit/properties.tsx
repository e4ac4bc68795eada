import { Anchor, Group, Text } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../../lib/node-id.js';
import { PageLink } from '../../../ui/link.js';
import { Section } from '../../../ui/page.js';
import { Time } from '../../../ui/time.js';
import classes from '../asset.module.css';
import { Line, Origin, type LinesProps } from '../facts.js';
import type { PropertyValues } from '../fragments.js';
import { useAsOf } from '../use-as-of.js';
import { BeingSaved, EditSection, OpenRemoval, Removal } from './edit-section.js';
import { FORM } from './edit-state.js';
import { useEditing, type Editing } from './editing.js';
import { editOf } from './edits.js';
import { PropertyForm, useDeclared, type Declared } from './property-form.js';
import { useEdit } from './use-edit.js';

/** Apart from the name of the form that sets one. */
const keyOf = ({ property }: PropertyValues): string => `property ${property.id}`;
const textsOf = ({ values }: PropertyValues): string => values.map(({ text }) => text).join(', ');

/** One value as its type is read: links lead somewhere, numbers have their unit. */
function Value({
  of,
  value,
}: {
  readonly of: PropertyValues['property'];
  readonly value: PropertyValues['values'][number];
}) {
  const { t, i18n } = useTranslation('asset');
  const asOf = useAsOf();
  const { text, dateTime, agent } = value;
  switch (of.type) {
    case 'NUMBER': {
      const number = Number(text).toLocaleString(i18n.language, { maximumFractionDigits: 20 });
      return <>{of.unit === null ? number : `${number} ${of.unit}`}</>;
    }
    case 'BOOLEAN':
      return <>{t(text === 'true' ? 'propertyTrue' : 'propertyFalse')}</>;
    case 'URL':
      return (
        <Anchor href={text} rel="noreferrer noopener" target="_blank" inherit underline="always" className="hw-name">
          {text}
        </Anchor>
      );
    case 'DATE_TIME':
      return dateTime === null ? <>{text}</> : <Time at={dateTime} absolute />;
    case 'AGENT':
      return agent === null ? (
        <>{text}</>
      ) : (
        <PageLink to={assetHref(agent.id, { asOf })} inherit className="hw-name">
          {agent.displayName}
        </PageLink>
      );
    default:
      return <>{text}</>;
  }
}

interface PropertiesProps {
  readonly properties: readonly PropertyValues[];
}

function PropertyLines({ properties, action, isGoing, coming = null }: PropertiesProps & LinesProps<PropertyValues>) {
  const { t } = useTranslation('asset');
  if (properties.length === 0 && coming === null) return <Text className="hw-quiet">{t('propertiesNone')}</Text>;
  return (
    <ul className={classes['list']}>
      {coming === null ? null : <Line isBusy>{coming}</Line>}
      {properties.map((one) => (
        <Line key={one.property.id} isBusy={isGoing?.(one) ?? false}>
          <Group gap="xs">
            <Text component="span" className="hw-name" fw={550}>
              {one.property.name}
            </Text>
            <Text component="span" className="hw-name">
              {one.values.map((value, index) => (
                <Fragment key={value.text}>
                  {index === 0 ? '' : ', '}
                  <Value of={one.property} value={value} />
                </Fragment>
              ))}
            </Text>
            {action?.(one)}
          </Group>
          {one.problem === null ? null : (
            <Text size="xs" c="var(--hw-warn)">
              {t('propertyProblem')}
            </Text>
          )}
          <Origin fact={one} />
        </Line>
      ))}
    </ul>
  );
}

interface EditableProps extends PropertiesProps {
  readonly editing: Editing;
  readonly declared: readonly Declared[];
}

function EditableProperties({ editing, properties, declared }: EditableProps) {
  const { t } = useTranslation('asset');
  const control = useEdit(editing);
  const coming = editOf(control.pending, 'setProperty');
  const going = editOf(control.pending, 'unsetProperty');
  const leaving = properties.find((one) => keyOf(one) === control.form);
  const theirs = properties.map((one) => `${one.property.name}: ${textsOf(one)}`).join('; ');
  return (
    <EditSection
      title={t('properties')}
      action={t('edit.setProperty')}
      control={control}
      form={<PropertyForm control={control} declared={declared} held={properties} />}
      theirs={<Text className="hw-name">{theirs || t('edit.theirsNone')}</Text>}
    >
      <PropertyLines
        properties={properties.filter(({ property }) => property.id !== coming?.property.id)}
        isGoing={({ property }) => going?.property.id === property.id}
        coming={
          coming === null ? null : (
            <>
              <Text className="hw-name">{`${coming.property.name}: ${coming.values.join(', ')}`}</Text>
              <BeingSaved />
            </>
          )
        }
        action={(one) =>
          control.pending === null && control.form !== FORM ? (
            <OpenRemoval
              control={control}
              form={keyOf(one)}
              label={t('edit.unsetProperty', { name: one.property.name })}
            />
          ) : null
        }
      />
      <Removal
        control={control}
        isOpen={leaving !== undefined}
        title={t('edit.unsetPropertyTitle')}
        lead={leaving === undefined ? '' : t('edit.unsetPropertyLead', { name: leaving.property.name })}
        action={t('edit.remove')}
        onRemove={(reason) => {
          if (leaving === undefined) return;
          const { id, name } = leaving.property;
          control.save({ kind: 'unsetProperty', property: { id, name }, reason });
        }}
      />
    </EditSection>
  );
}

/** What an asset has of the declared properties; to be edited in place by those who may, where there are any. */
export function PropertiesSection({ kind, properties }: PropertiesProps & { readonly kind: 'DATASET' | 'JOB' }) {
  const { t } = useTranslation('asset');
  const editing = useEditing();
  const declared = useDeclared(kind, editing !== null);
  if (editing !== null && declared.length > 0)
    return <EditableProperties editing={editing} properties={properties} declared={declared} />;
  if (properties.length === 0) return null;
  return (
    <Section title={t('properties')}>
      <PropertyLines properties={properties} />
    </Section>
  );
}
