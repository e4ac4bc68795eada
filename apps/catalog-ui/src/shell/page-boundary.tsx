import { Alert, Button, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

function Broken({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert role="alert" color="red" title={t('problem.OTHER')}>
      <Stack gap="xs" align="flex-start">
        <Text>{t('problemHint.OTHER')}</Text>
        <Button variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      </Stack>
    </Alert>
  );
}

interface BoundaryProps {
  /** Of another page, the error of the last one says nothing. */
  readonly location: string;
  readonly children: ReactNode;
}

/** Keeps an error of one page to that page; navigation goes on. */
export class PageBoundary extends Component<BoundaryProps, { failedAt: string | null }> {
  override state: { readonly failedAt: string | null } = { failedAt: null };

  override componentDidCatch(): void {
    this.setState({ failedAt: this.props.location });
  }

  static getDerivedStateFromError(): { failedAt: string } {
    return { failedAt: '' };
  }

  static getDerivedStateFromProps({ location }: BoundaryProps, { failedAt }: { failedAt: string | null }) {
    return failedAt === null || failedAt === '' || failedAt === location ? null : { failedAt: null };
  }

  override render(): ReactNode {
    if (this.state.failedAt === null) return this.props.children;
    return (
      <Broken
        onRetry={() => {
          window.location.reload();
        }}
      />
    );
  }
}
