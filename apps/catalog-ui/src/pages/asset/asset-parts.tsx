import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../lib/use-connection.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { Empty, Section } from '../../ui/page.js';
import classes from './asset.module.css';
import { useAsOf } from './use-as-of.js';

/** A term with what is known; `isOfNow` where only the present of it is kept. */
export type DetailEntry = readonly [term: string, value: ReactNode, isOfNow?: boolean];

const isKnown = (value: ReactNode): boolean => value !== null && value !== undefined && value !== '';

/** Terms with what is known; those without are left out. */
export function Details({ entries }: { readonly entries: readonly DetailEntry[] }) {
  return (
    <dl className={classes['details']}>
      {entries
        .filter(([, value]) => isKnown(value))
        .map(([term, value]) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt>{term}</dt>
            <dd className="hw-name">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What a node is in short; as of a moment, what is of now stands apart and says so. */
export function DetailsSection({ entries }: { readonly entries: readonly DetailEntry[] }) {
  const { t } = useTranslation('asset');
  const isPast = useAsOf() !== null;
  const present = entries.filter(([, value, isOfNow]) => isPast && isOfNow === true && isKnown(value));
  return (
    <Section title={t('details')}>
      <Details entries={entries.filter((entry) => !present.includes(entry))} />
      {present.length > 0 ? (
        <>
          <Text size="sm" className="hw-quiet">
            {t('detailsOfNow')}
          </Text>
          <Details entries={present} />
        </>
      ) : null}
    </Section>
  );
}

/** A text that may be very long: it scrolls within a few lines. */
export function LongText({ text, className = 'hw-name' }: { readonly text: string; readonly className?: string }) {
  if (text.length <= LONG) return <span className={className}>{text}</span>;
  return (
    <span className={`${className} ${classes['long'] ?? ''}`} style={{ display: 'block' }} tabIndex={0}>
      {text}
    </span>
  );
}

const LONG = 400;

interface ConnectionListProps<E> {
  readonly connection: Connection<E>;
  readonly empty: string;
  readonly keyOf: (edge: E) => string;
  readonly children: (edge: E) => ReactNode;
  readonly label?: string;
}

/** The items of a list as far as they were asked for, and the way to more. */
export function ConnectionList<E>({ connection, empty, keyOf, children, label }: ConnectionListProps<E>) {
  const { edges } = connection;
  return (
    <Stack gap="sm">
      {edges === undefined ? null : edges.length === 0 ? (
        <Text className="hw-quiet">{empty}</Text>
      ) : (
        <ul className={classes['list']} aria-label={label}>
          {edges.map((edge) => (
            <li key={keyOf(edge)}>{children(edge)}</li>
          ))}
        </ul>
      )}
      <ConnectionEnd connection={connection} />
    </Stack>
  );
}

/** A part of a section, with a heading of the third level. */
export function Part({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <Stack gap="xs" miw={0} className={classes['part'] ?? ''}>
      <Title order={3}>{title}</Title>
      {children}
    </Stack>
  );
}

/** Two lists beside each other where there is room. */
export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className={classes['columns']}>{children}</div>;
}

/** Tells that a part knows no past, while the rest of the page shows one. */
export function PresentOnly() {
  const { t } = useTranslation('asset');
  return useAsOf() === null ? null : <Text className="hw-quiet">{t('presentOnly')}</Text>;
}

/** What is shown where a list has nothing. */
export function Nothing({ children }: { readonly children: string }) {
  return (
    <Empty>
      <Text>{children}</Text>
    </Empty>
  );
}
