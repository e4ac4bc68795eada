import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface MoreButtonProps {
  readonly page: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly loading: boolean;
  readonly onMore: (after: string) => void;
}

/** Leads on where a list has more; nothing where it has not. */
export function MoreButton({ page: { hasNextPage, endCursor }, loading, onMore }: MoreButtonProps) {
  const { t } = useTranslation();
  if (!hasNextPage || endCursor === null) return null;
  return (
    <Button
      variant="default"
      loading={loading}
      onClick={() => {
        onMore(endCursor);
      }}
    >
      {t('more')}
    </Button>
  );
}
