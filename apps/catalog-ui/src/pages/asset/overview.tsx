import { Grid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Markdown } from '../../ui/markdown.js';
import { Section } from '../../ui/page.js';
import { PresentOnly } from './asset-parts.js';

interface OverviewProps {
  readonly children: ReactNode;
  /** What is known in short; beside the rest where there is room, else behind it. */
  readonly aside: ReactNode;
}

/** The first tab of a node's page. */
export function Overview({ children, aside }: OverviewProps) {
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="lg">{children}</Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="lg">{aside}</Stack>
      </Grid.Col>
    </Grid>
  );
}

/** A description as it is marked up; says where there is none. */
export function DescriptionText({ text }: { readonly text: string | null }) {
  const { t } = useTranslation('asset');
  if (text === null || text.trim() === '') return <Text className="hw-quiet">{t('descriptionNone')}</Text>;
  return <Markdown text={text} />;
}

interface DescriptionProps {
  readonly text: string | null;
  /** Whether only the present one is kept. */
  readonly isOfNow?: boolean;
}

/** What an asset is, in the words of whoever documents it. */
export function Description({ text, isOfNow = false }: DescriptionProps) {
  const { t } = useTranslation('asset');
  return (
    <Section title={t('description')}>
      {isOfNow ? <PresentOnly /> : null}
      <DescriptionText text={text} />
    </Section>
  );
}
