import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { useMayDefine, useMayEverywhere } from '../../access/namespaces.js';
import { addMessages } from '../../i18n/i18n.js';
import { define as messages } from '../../i18n/messages/define.js';
import { assetHref } from '../../lib/node-id.js';
import { Confirm } from '../../ui/confirm.js';
import { Dialog } from '../../ui/dialog.js';
import { Answer } from '../../ui/problem.js';
import { Said } from '../../ui/said.js';
import { DefineForm } from './define-form.js';
import { DefineConflict, DefineProblem } from './define-outcome.js';
import { DEFINITION, type Definition } from './define-query.js';
import { draftOf, emptyDraft, type DefinitionKind, type Draft } from './draft.js';
import { LinksOutcome } from './links-outcome.js';
import { useDefine, type Defined } from './use-define.js';

addMessages('define', messages);

function CreateForm({ kind, given, onClose }: CreateProps & { readonly onClose: () => void }) {
  const [, navigate] = useLocation();
  const { t } = useTranslation('define');
  const [isBehind, setBehind] = useState(false);
  const control = useDefine(kind, ({ id, isReadable }) => {
    if (isReadable) navigate(assetHref(id));
    else setBehind(true);
  });
  if (isBehind) return <Text role="status">{t('kept')}</Text>;
  return (
    <>
      <LinksOutcome control={control} />
      {/* It is made: what it was made of is no form to make it again. */}
      <div hidden={control.state.phase === 'PARTLY'}>
        <DefineForm
          kind={kind}
          id={null}
          begun={emptyDraft(kind, given)}
          control={control}
          onSave={(wish, reason) => {
            control.save(wish, reason, null);
          }}
          onClose={onClose}
        />
      </div>
    </>
  );
}

interface CreateProps {
  readonly kind: DefinitionKind;
  /** What the form begins with. */
  readonly given?: Partial<Draft>;
}

/** Makes a definition, and leads to its page; nothing for who may not. */
export function CreateDefinition({ kind, given = {} }: CreateProps) {
  const { t } = useTranslation('define');
  const [isOpen, setOpen] = useState(false);
  const mayDefine = useMayDefine(undefined);
  if (!useMayEverywhere('CATALOG_EDIT') && (kind === 'term' || !mayDefine)) return null;
  const close = (): void => {
    setOpen(false);
  };
  return (
    <>
      <Button
        size="compact-md"
        className="hw-noprint"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t(`${kind}.create`)}
      </Button>
      <Dialog isOpen={isOpen} title={t(`${kind}.create`)} onClose={close}>
        <CreateForm kind={kind} given={given} onClose={close} />
      </Dialog>
    </>
  );
}

interface WithinProps {
  readonly kind: DefinitionKind;
  readonly node: Definition;
  readonly onDone: (defined: Defined) => void;
  readonly onKeepTheirs: () => void;
  readonly onClose: () => void;
}

function ChangeForm({ kind, node, onDone, onKeepTheirs, onClose }: WithinProps) {
  const control = useDefine(kind, onDone);
  return (
    <>
      <DefineConflict kind={kind} control={control} onKeepTheirs={onKeepTheirs} />
      <LinksOutcome control={control} />
      {/* Out of the way and not gone: what is typed stays. */}
      <div hidden={control.state.phase === 'CONFLICT' || control.state.phase === 'PARTLY'}>
        <DefineForm
          kind={kind}
          id={node.id}
          begun={draftOf(node)}
          control={control}
          onSave={(wish, reason) => {
            control.save(wish, reason, node.editVersion);
          }}
          onClose={onClose}
        />
      </div>
    </>
  );
}

function RemoveForm({ kind, node, onDone, onKeepTheirs, onClose }: WithinProps) {
  const { t } = useTranslation('define');
  const [reason, setReason] = useState('');
  const control = useDefine(kind, onDone);
  const remove = (): void => {
    control.save({ do: 'remove', id: node.id }, reason, node.editVersion);
  };
  if (control.state.phase === 'CONFLICT')
    return <DefineConflict kind={kind} control={control} onKeepTheirs={onKeepTheirs} />;
  return (
    <Confirm
      lead={
        <Stack gap="md">
          <Text className="hw-name">{t('removeLead', { name: node.name })}</Text>
          <TextInput
            label={t('reason')}
            description={t('reasonHint')}
            value={reason}
            error={control.faults['reason']}
            onChange={({ currentTarget: { value } }) => {
              setReason(value);
            }}
          />
        </Stack>
      }
      problem={<DefineProblem control={control} shown={['reason']} onRetry={remove} />}
      action={t(`${kind}.remove`)}
      cancel={t('cancel')}
      doing={t('saving')}
      isDoing={control.state.phase === 'SAVING'}
      onDo={remove}
      onClose={onClose}
    />
  );
}

export interface EditProps {
  readonly kind: DefinitionKind;
  readonly id: string;
  /** The domain in which it is changed, and the one in which it is removed; null where there is none. */
  readonly changedIn: string | null;
  readonly removedIn: string | null;
  readonly name: string;
  /** Where one is led to once it is removed. */
  readonly list: string;
  readonly reload: () => void;
}

const OFFERED = ['change', 'remove'] as const;
type Offered = (typeof OFFERED)[number];

function Dialogs({ kind, id, name, list, reload, offered }: EditProps & { readonly offered: readonly Offered[] }) {
  const { t } = useTranslation('define');
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<Offered | null>(null);
  const [said, setSaid] = useState('');
  const [{ data, error, fetching }, ask] = useQuery({
    query: DEFINITION,
    variables: { id },
    pause: open === null,
    requestPolicy: 'network-only',
  });
  const node = data?.node;
  const known =
    node?.__typename === 'GlossaryTerm' ||
    node?.__typename === 'Domain' ||
    node?.__typename === 'DataProduct' ||
    node?.__typename === 'LogicalDataset'
      ? node
      : null;
  const close = (): void => {
    setOpen(null);
    // Some of it may be made, though not all.
    reload();
  };
  const within = {
    kind,
    onClose: close,
    onKeepTheirs: () => {
      close();
      setSaid(t('theirsKept'));
      reload();
    },
  };
  return (
    <>
      {offered.map((one) => (
        <Button
          key={one}
          size="compact-md"
          variant="default"
          className="hw-noprint"
          onClick={() => {
            setSaid('');
            setOpen(one);
          }}
        >
          {t(`${kind}.${one}`)}
        </Button>
      ))}
      <Said>{said}</Said>
      <Dialog
        isOpen={open !== null}
        title={open === 'remove' ? t(`${kind}.removeTitle`) : t('changeTitle', { name })}
        onClose={close}
      >
        <Answer
          data={fetching ? undefined : data}
          error={error}
          onRetry={() => {
            ask({ requestPolicy: 'network-only' });
          }}
        >
          {() =>
            known === null ? (
              <Text role="alert">{t('gone')}</Text>
            ) : open === 'remove' ? (
              <RemoveForm
                {...within}
                node={known}
                onDone={() => {
                  navigate(list);
                }}
              />
            ) : (
              <ChangeForm
                {...within}
                node={known}
                onDone={({ isReadable }) => {
                  close();
                  setSaid(t(isReadable ? 'saved' : 'kept'));
                  reload();
                }}
              />
            )
          }
        </Answer>
      </Dialog>
    </>
  );
}

/** Changes or removes a definition; nothing for who may not. */
export function EditDefinition(props: EditProps) {
  const { changedIn, removedIn } = props;
  const mayAll = useMayEverywhere('CATALOG_EDIT');
  const [mayChange, mayRemove] = [useMayDefine(changedIn), useMayDefine(removedIn)];
  const offered = OFFERED.filter((one) => mayAll || (one === 'change' ? mayChange : mayRemove));
  return offered.length === 0 ? null : <Dialogs {...props} offered={offered} />;
}
