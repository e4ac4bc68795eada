import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../../ui/link.js';

interface ShareProps {
  readonly part: number;
  readonly whole: number;
  /** Where the others are listed; null: nowhere. */
  readonly others: string | null;
}

/** How many of them, as numbers and as a bar, with a way to those that lack it. */
export function Share({ part, whole, others }: ShareProps) {
  const { t, i18n } = useTranslation('governance');
  if (whole === 0) return <span className="hw-quiet">{t('nothing')}</span>;
  const written = (count: number): string => count.toLocaleString(i18n.language);
  // Neither all nor nothing where it is not.
  const percent = part === whole ? 100 : Math.min(99, Math.max(part === 0 ? 0 : 1, Math.round((100 * part) / whole)));
  const left = whole - part;
  return (
    <Stack gap={4} miw={140}>
      <Text size="sm" component="span">
        {t('share', { part: written(part), whole: written(whole), percent: String(percent) })}
      </Text>
      <Progress value={percent} size="sm" aria-hidden />
      {left > 0 && others !== null ? (
        <PageLink to={others} size="sm">
          {t('others', { count: left, total: written(left) })}
        </PageLink>
      ) : null}
    </Stack>
  );
}
