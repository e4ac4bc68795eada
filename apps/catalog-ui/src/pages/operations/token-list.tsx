import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useGivable } from '../../access/givable.js';
import { joined, usePagesOf } from '../../lib/pages-of.js';
import { Dialog } from '../../ui/dialog.js';
import { MoreButton } from '../../ui/more-button.js';
import { Empty } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Records } from '../../ui/records.js';
import { Said } from '../../ui/said.js';
import { AuthenticationOff } from './authentication-off.js';
import { CreateTokenForm } from './create-token-form.js';
import { RevokeTokenForm } from './revoke-token-form.js';
import { RotateTokenForm } from './rotate-token-form.js';
import { stateOfToken, TOKENS, type Token } from './tokens.js';
import { useTokenColumns } from './token-columns.js';

type Opened =
  | { readonly kind: 'create' }
  | { readonly kind: 'rotate'; readonly token: Token }
  | { readonly kind: 'revoke'; readonly token: Token };

/** What can be done with a token: nothing with one that is over, and no rotation to rights that one lacks. */
function Actions({ token, onOpen }: { readonly token: Token; readonly onOpen: (dialog: Opened) => void }) {
  const { t } = useTranslation('administration');
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
  const { t } = useTranslation('administration');
  const [dialog, setDialog] = useState<Opened | null>(null);
  const [said, say] = useState('');
  const { after, earlier, showMore, startOver } = usePagesOf<Token>('');
  const [{ data, error, fetching }, reload] = useQuery({
    query: TOKENS,
    variables: { after },
    requestPolicy: 'cache-and-network',
  });
  const again = (): void => {
    startOver();
    reload({ requestPolicy: 'network-only' });
  };
  const close = (): void => {
    setDialog(null);
  };
  const columns = useTokenColumns((token) => <Actions token={token} onOpen={setDialog} />);
  const titles = {
    create: () => t('createTitle'),
    rotate: (token: Token) => t('rotateTitle', { name: token.name }),
    revoke: (token: Token) => t('revokeTitle', { name: token.name }),
  };
  const title = dialog === null ? '' : dialog.kind === 'create' ? titles.create() : titles[dialog.kind](dialog.token);
  return (
    <Stack gap="md">
      <AuthenticationOff />
      <Group justify="space-between" align="flex-start">
        <Text className="hw-quiet" maw={680}>
          {t('tokensLead')}
        </Text>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => {
            setDialog({ kind: 'create' });
          }}
        >
          {t('create')}
        </Button>
      </Group>
      <Said>{said}</Said>
      <Answer data={data} error={error} onRetry={again} lines={6}>
        {({ tokens: { edges, pageInfo } }) => {
          const items = joined(earlier, edges, ({ id }) => id);
          if (items.length === 0) return <Empty>{t('tokensNone')}</Empty>;
          return (
            <>
              <Records label={t('tokens')} columns={columns} items={items} keyOf={({ id }) => id} />
              <MoreButton
                page={pageInfo}
                loading={fetching}
                onMore={(cursor) => {
                  showMore(cursor, items);
                }}
              />
            </>
          );
        }}
      </Answer>
      <Dialog isOpen={dialog !== null} title={title} onClose={close}>
        {dialog === null ? null : dialog.kind === 'create' ? (
          <CreateTokenForm onMade={again} onClose={close} />
        ) : dialog.kind === 'rotate' ? (
          <RotateTokenForm token={dialog.token} onMade={again} onClose={close} />
        ) : (
          <RevokeTokenForm
            token={dialog.token}
            onClose={close}
            onDone={() => {
              say(t('revoked', { name: dialog.token.name }));
              close();
              again();
            }}
          />
        )}
      </Dialog>
    </Stack>
  );
}
