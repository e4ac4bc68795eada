import { Alert } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Says so while the browser has no connection. */
export function OfflineBanner() {
  const { t } = useTranslation('shell');
  const { online } = useNetwork();
  return (
    <div role="status">
      {online ? null : (
        <Alert color="yellow" mb="md" icon={<IconWifiOff />}>
          {t('offline')}
        </Alert>
      )}
    </div>
  );
}
