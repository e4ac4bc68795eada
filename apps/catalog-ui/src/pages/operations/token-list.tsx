import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { ResultOf } from '../../graphql/tada.js';
import { useGivable } from '../../access/givable.js';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { Dialog } from '../../ui/dialog.js';
import { Said } from '../../ui/said.js';
import { AuthenticationOff } from './authentication-off.js';
import { ListLead } from './list-lead.js';
import { CreateTokenForm } from './create-token-form.js';
import { RevokeTokenForm } from './revoke-token-form.js';
import { RotateTokenForm } from './rotate-token-form.js';
import { ROTATIONS, rotationsOf, stateOfToken, TOKENS, type Token } from './tokens.js';
import { useTokenColumns } from './token-columns.js';

const NONE = {};
const pageOf = ({ tokens }: ResultOf<typeof TOKENS>) => tokens;

type Opened =
  | { readonly kind: 'create' }
  | { readonly kind: 'rotate'; readonly token: Token }
  | { readonly kind: 'revoke'; readonly token: Token };

/** What can be done with a token: nothing with one that is over, and no rotation to rights that one lacks. */
function Actions({ token, onOpen }: { readonly token: Token; readonly onOpen: (dialog: Opened) => void }) {
  const { t } = useTranslation('tokens');
  const givable = useGivable();
  if (stateOfToken(token, Date.now()) !== 'GOOD') return null;
  const mayRotate = token.scopes.every((scope) => givable.includes(scope));
  return (
    <Group gap="xs" wrap="nowrap">
      {mayRotate ? (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('rotateOf', { name: token.name })}
          onClick={() => {
            onOpen({ kind: 'rotate', token });
          }}
        >
          {t('rotate')}
        </Button>
      ) : null}
      <Button
        variant="default"
        size="compact-sm"
        aria-label={t('revokeOf', { name: token.name })}
        onClick={() => {
          onOpen({ kind: 'revoke', token });
        }}
      >
        {t('revoke')}
      </Button>
    </Group>
  );
}

/** The tokens of services: to make, rotate and revoke. */
export function TokenList() {
  const { t } = useTranslation('tokens');
  const [dialog, setDialog] = useState<Opened | null>(null);
  const [said, say] = useState('');
  const connection = useConnection({ query: TOKENS, variables: NONE, pageOf });
  const [isMade, setMade] = useState(false);
  const close = (): void => {
    setDialog(null);
    setMade(false);
  };
  const [{ data: rotated }, askRotations] = useQuery({ query: ROTATIONS, requestPolicy: 'cache-and-network' });
  const made = (): void => {
    setMade(true);
    connection.reload();
    askRotations({ requestPolicy: 'network-only' });
  };
  const columns = useTokenColumns(
    (token) => <Actions token={token} onOpen={setDialog} />,
    rotated === undefined ? null : rotationsOf(rotated),
  );
  const titles = {
    create: () => t('createTitle'),
    rotate: (token: Token) => t('rotateTitle', { name: token.name }),
    revoke: (token: Token) => t('revokeTitle', { name: token.name }),
  };
  const title = dialog === null ? '' : dialog.kind === 'create' ? titles.create() : titles[dialog.kind](dialog.token);
  return (
    <Stack gap="md">
      <AuthenticationOff />
      <ListLead
        lead={t('tokensLead')}
        action={t('create')}
        onAction={() => {
          setDialog({ kind: 'create' });
        }}
      />
      <Said>{said}</Said>
      <ConnectionRecords
        connection={connection}
        label={t('tokens')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={t('tokensNone')}
      />
      <Dialog isOpen={dialog !== null} title={title} onClose={close} holds={isMade}>
        {dialog === null ? null : dialog.kind === 'create' ? (
          <CreateTokenForm onMade={made} onClose={close} />
        ) : dialog.kind === 'rotate' ? (
          <RotateTokenForm token={dialog.token} onMade={made} onClose={close} />
        ) : (
          <RevokeTokenForm
            token={dialog.token}
            onClose={close}
            onDone={() => {
              say(t('revoked', { name: dialog.token.name }));
              close();
              connection.reload();
            }}
          />
        )}
      </Dialog>
    </Stack>
  );
}
