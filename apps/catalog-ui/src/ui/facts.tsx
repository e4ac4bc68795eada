import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Properties of one thing, each with its name. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="xs" m={0}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="sm" className="hw-quiet">
            {name}
          </Text>
          <Text component="dd" m={0} className="hw-name">
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
