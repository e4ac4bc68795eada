import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { href, partsOf } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Time } from '../../ui/time.js';
import type { Finding } from './architecture-query.js';

interface AcceptanceProps {
  readonly finding: Finding;
  /** Absent: the reader cannot settle it, or looks at the past. */
  readonly onSettle?: ((finding: Finding) => void) | undefined;
}

/** Whether a finding may stand: by whom, since when and why, and the way to say otherwise. */
export function Acceptance({ finding, onSettle }: AcceptanceProps) {
  const { t } = useTranslation('architecture');
  const { acceptance, jobId, datasetId } = finding;
  const names = { job: partsOf(jobId).name, dataset: partsOf(datasetId).name };
  return (
    <Stack gap={4} align="flex-start">
      {acceptance === null ? (
        <Text size="sm">{t('open')}</Text>
      ) : (
        <>
          <Text size="sm" className="hw-name">
            {acceptance.reason}
          </Text>
          <Text size="sm" className="hw-quiet hw-name">
            <PageLink to={href('/operations/events', { event: acceptance.position })} inherit underline="always">
              {t('acceptedBy', { by: acceptance.enteredBy ?? t('somebody') })}
            </PageLink>
            , <Time at={acceptance.since} absolute />
          </Text>
        </>
      )}
      {onSettle === undefined ? null : (
        <Button
          size="compact-sm"
          variant="default"
          className="hw-noprint"
          aria-label={t(acceptance === null ? 'acceptOf' : 'withdrawOf', {
            ...names,
            kind: t(`kinds.${finding.kind}`),
          })}
          onClick={() => {
            onSettle(finding);
          }}
        >
          {t(acceptance === null ? 'accept' : 'withdraw')}
        </Button>
      )}
    </Stack>
  );
}
