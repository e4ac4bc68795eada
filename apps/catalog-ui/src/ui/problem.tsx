import { Alert, Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CombinedError } from '@urql/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../graphql/problem.js';
import { href } from '../lib/node-id.js';

/** What failed, whether anything was lost, what to do, and what to tell whoever runs the server. */
export function ProblemPanel({ error, onRetry }: { readonly error: CombinedError; readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  const { kind, message, traceId } = problemOf(error);
  const here = `${window.location.pathname}${window.location.search}`;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={t(`problem.${kind}`)}>
      <Stack gap="xs">
        {message === '' ? null : (
          <Text className="hw-name" lang="en">
            {message}
          </Text>
        )}
        <Text>{t(`problemHint.${kind}`)}</Text>
        {traceId === null ? null : (
          <Text size="sm">
            {t('traceId')}: <Code>{traceId}</Code>
          </Text>
        )}
        <Group gap="xs">
          {kind === 'SIGNED_OUT' ? (
            <Button component="a" href={href('/auth/sign-in', { next: here })} size="compact-md">
              {t('signIn')}
            </Button>
          ) : onRetry === undefined ? null : (
            <Button onClick={onRetry} variant="default" size="compact-md">
              {t('retry')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** Bars in place of lines that are on their way. */
export function Loading({ lines = 3, height = 18 }: { readonly lines?: number; readonly height?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} width={`${String(100 - (line % 3) * 14)}%`} />
      ))}
    </Stack>
  );
}

interface AnswerProps<T> {
  readonly data: T | undefined;
  readonly error: CombinedError | undefined;
  readonly onRetry: () => void;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** An answer as it comes: skeleton, problem, or what is made of the data. Data that is there stays beside a problem. */
export function Answer<T>({ data, error, onRetry, lines = 4, children }: AnswerProps<T>) {
  return (
    <>
      {error === undefined ? null : <ProblemPanel error={error} onRetry={onRetry} />}
      {data === undefined || data === null ? error === undefined ? <Loading lines={lines} /> : null : children(data)}
    </>
  );
}
