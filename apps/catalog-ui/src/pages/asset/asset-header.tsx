import { Alert, Badge, Button, CopyButton, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconHistory, IconSitemap } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { lineageHref } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { AsOf } from '../../ui/as-of.js';
import { KindIcon, shownKind } from '../../ui/kind.js';
import { Page } from '../../ui/page.js';
import { zonedTime } from '../../ui/time.js';
import { LongText } from './asset-parts.js';
import { usePrintLight } from './print-light.js';
import { isBy } from './run-then.js';
import { useAsOf } from './use-as-of.js';

interface AssetFrameProps {
  readonly id: string;
  /** What it is, as NodeKind names it. */
  readonly kind: string;
  readonly name: string;
  /** Its whole name within its namespace; shown where the name above leaves some of it out. */
  readonly fullName?: string;
  /** Where it belongs: under the name. */
  readonly within?: ReactNode;
  /** The type that its producer states. */
  readonly type?: string | null;
  readonly marks?: ReactNode;
  readonly isPlaceholder?: boolean;
  readonly deletedAt?: string | null;
  readonly createdAt?: string;
  /** What else can be done with it. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

function Marks({ isPlaceholder, deletedAt }: Pick<AssetFrameProps, 'isPlaceholder' | 'deletedAt'>) {
  const { t, i18n } = useTranslation('asset');
  const { t: general } = useTranslation();
  const asOf = useAsOf();
  return (
    <>
      {isPlaceholder === true ? (
        <Tooltip label={t('placeholderHint')}>
          <Badge variant="default" tt="none" tabIndex={0}>
            {general('placeholder')}
          </Badge>
        </Tooltip>
      ) : null}
      {deletedAt ? (
        <Badge variant="outline" color={isBy(deletedAt, asOf) ? 'var(--hw-bad)' : 'gray'} tt="none">
          {isBy(deletedAt, asOf)
            ? `${general('deleted')} · ${zonedTime(deletedAt, i18n.language)}`
            : t('deletedLater', { time: zonedTime(deletedAt, i18n.language) })}
        </Badge>
      ) : null}
    </>
  );
}

/** What every node's page begins with: what it is, where it belongs, and the moment that is shown. */
export function AssetFrame(props: AssetFrameProps) {
  const { id, kind, name, fullName, within, type, marks, isPlaceholder, deletedAt, createdAt } = props;
  const { t, i18n } = useTranslation('asset');
  const { t: general } = useTranslation();
  const [, set] = useUrlState();
  const asOf = useAsOf();
  const setAsOf = (value: string | null): void => {
    set({ asOf: value });
  };
  const [loadedAt] = useState(() => new Date().toISOString());
  usePrintLight();
  const isTooEarly = asOf !== null && createdAt !== undefined && Date.parse(asOf) < Date.parse(createdAt);
  return (
    <Page
      title={name}
      heading={
        <Group component="span" gap="sm" wrap="nowrap" align="flex-start">
          <KindIcon kind={kind} size={28} />
          <LongText text={name} />
        </Group>
      }
      actions={
        <Group gap="xs" className="hw-noprint">
          <AsOf value={asOf} onChange={setAsOf} />
          <CopyButton value={id}>
            {({ copied, copy }) => (
              <Button
                size="xs"
                variant="default"
                onClick={copy}
                leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              >
                {copied ? general('copied') : t('copyId')}
              </Button>
            )}
          </CopyButton>
          <Button
            component={Link}
            href={lineageHref(id, { asOf })}
            size="xs"
            leftSection={<IconSitemap size={14} aria-hidden />}
          >
            {t('openLineage')}
          </Button>
          {props.actions}
        </Group>
      }
    >
      <Stack gap={6} mt={-12}>
        <Group gap="xs">
          <Badge variant="light" tt="none">
            {general(`kind.${shownKind(kind)}`)}
          </Badge>
          {type ? (
            <Badge variant="default" tt="none" maw="100%">
              {type}
            </Badge>
          ) : null}
          {marks}
          <Marks isPlaceholder={isPlaceholder ?? false} deletedAt={deletedAt ?? null} />
        </Group>
        {fullName === undefined || fullName === name ? null : (
          <div className="hw-mono hw-name" style={{ fontSize: '0.875rem' }}>
            <LongText text={fullName} className="hw-mono hw-name" />
          </div>
        )}
        {within === undefined ? null : <div className="hw-quiet hw-name">{within}</div>}
        <Text size="xs" className="hw-quiet hw-name hw-printonly">
          {t('printed', { time: zonedTime(loadedAt, i18n.language), address: window.location.href })}
        </Text>
      </Stack>
      {asOf === null ? null : (
        <Alert variant="light" color={isTooEarly ? 'yellow' : 'water'} icon={<IconHistory />} role="status">
          <Group justify="space-between" gap="xs">
            <Text>
              {t('pastNote', { time: zonedTime(asOf, i18n.language) })}
              {isTooEarly ? ` ${t('notYet', { time: zonedTime(createdAt, i18n.language) })}` : null}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              className="hw-noprint"
              onClick={() => {
                setAsOf(null);
              }}
            >
              {t('backToNow')}
            </Button>
          </Group>
        </Alert>
      )}
      {props.children}
    </Page>
  );
}
