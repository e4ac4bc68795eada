import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { AccessProblem } from '../../access/access-problem.js';
import { useViewer } from '../../graphql/viewer.js';
import { Confirm } from '../../ui/confirm.js';
import { REVOKE_TOKEN, type Token } from './tokens.js';

interface RevokeTokenFormProps {
  readonly token: Token;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks before a token is ended. */
export function RevokeTokenForm({ token, onDone, onClose }: RevokeTokenFormProps) {
  const { t } = useTranslation('tokens');
  const { t: administration } = useTranslation('administration');
  const isOwn = useViewer()?.id === `token:${token.id}`;
  const [{ data, error, fetching }, revoke] = useMutation(REVOKE_TOKEN);
  const submit = async (): Promise<void> => {
    const done = await revoke({ input: { id: token.id } });
    if (done.data?.revokeToken.__typename === 'RevokedToken') onDone();
  };
  return (
    <Confirm
      lead={
        <>
          <Text>{t('revokeLead')}</Text>
          {isOwn ? (
            <Text fw={600} mt="xs">
              {t('revokeOwn')}
            </Text>
          ) : null}
        </>
      }
      problem={<AccessProblem error={error} outcome={data?.revokeToken} />}
      action={t('revoke')}
      cancel={administration('cancel')}
      doing={t('revoking')}
      isDoing={fetching}
      onDo={() => void submit()}
      onClose={onClose}
    />
  );
}
