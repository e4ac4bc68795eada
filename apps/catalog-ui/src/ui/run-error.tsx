import { Text } from '@mantine/core';
import { messageOf } from '../lib/failure.js';

/** The first message of a run's errorMessage facets, cut where it is long: the run's page has all of it. */
export function RunError({ failure }: { readonly failure: readonly { readonly body: unknown }[] }) {
  const message = messageOf(failure);
  if (message === null) return null;
  return (
    <Text size="sm" className="hw-name" lineClamp={2} title={message} c="var(--hw-bad)">
      {message}
    </Text>
  );
}
