import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface PartOfListProps {
  readonly skip: number;
  readonly most: number;
  readonly total: number;
  readonly onSkip: (skip: number) => void;
}

/** Which part of a list is seen, with ways to the others; nothing where that is all of it. */
export function PartOfList({ skip, most, total, onSkip }: PartOfListProps) {
  const { t, i18n } = useTranslation();
  if (total <= most) return null;
  const written = (count: number): string => count.toLocaleString(i18n.language);
  return (
    <Group gap="sm" className="hw-noprint">
      <Button
        variant="default"
        size="compact-md"
        disabled={skip === 0}
        onClick={() => {
          onSkip(Math.max(0, skip - most));
        }}
      >
        {t('list.before')}
      </Button>
      <Text size="sm">
        {t('list.part', { from: written(skip + 1), to: written(Math.min(total, skip + most)), total: written(total) })}
      </Text>
      <Button
        variant="default"
        size="compact-md"
        disabled={skip + most >= total}
        onClick={() => {
          onSkip(skip + most);
        }}
      >
        {t('list.next')}
      </Button>
    </Group>
  );
}
