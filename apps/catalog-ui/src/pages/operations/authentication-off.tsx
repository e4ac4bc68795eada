import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../../graphql/viewer.js';

/** Says that what is made here does not count yet where nobody is asked who they are. */
export function AuthenticationOff() {
  const { t } = useTranslation('administration');
  if (useViewer()?.kind !== 'LOCAL') return null;
  return <Alert variant="default">{t('authenticationOff')}</Alert>;
}
