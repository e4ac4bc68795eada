import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holdsIn } from '../../access/namespaces.js';
import { useViewer } from '../../graphql/viewer.js';
import type { ResultOf } from '../../graphql/tada.js';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { Empty } from '../../ui/page.js';
import { ProblemPanel } from '../../ui/problem.js';
import { Records } from '../../ui/records.js';
import { Said } from '../../ui/said.js';
import { useSuggestionColumns } from './suggestion-columns.js';
import { TAG_SUGGESTIONS, type TagSuggestion } from './suggestions-query.js';
import { keyOf, MOST_AT_ONCE, useSettle, type SettleOutcome } from './use-settle.js';

const NOTHING: ReadonlySet<string> = new Set();
const pageOf = ({ tagSuggestions }: ResultOf<typeof TAG_SUGGESTIONS>) => tagSuggestions;

function useSaid(outcome: SettleOutcome): string {
  const { t, i18n } = useTranslation('suggestions');
  if (outcome.phase !== 'DONE') return '';
  const written = (count: number) => ({ count, total: count.toLocaleString(i18n.language) });
  const { verb, made, refused } = outcome;
  return [made === 0 ? '' : t(`done.${verb}`, written(made)), refused === 0 ? '' : t('refusedCount', written(refused))]
    .join(' ')
    .trim();
}

function Problem({ outcome }: { readonly outcome: SettleOutcome }) {
  if (outcome.phase === 'FAILED') return <ProblemPanel error={outcome.error} onRetry={outcome.again} />;
  if (outcome.phase !== 'REFUSED') return null;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={outcome.message}>
      {outcome.faults.map((fault) => (
        <Text key={fault} className="hw-name">
          {fault}
        </Text>
      ))}
    </Alert>
  );
}

interface DecisionProps {
  readonly count: number;
  readonly isSaving: boolean;
  readonly isDismissed: boolean;
  readonly reasonFault: string;
  readonly isAll: boolean;
  readonly onAll: (isAll: boolean) => void;
  readonly onDo: (verb: 'confirm' | 'dismiss' | 'restore', reason: string) => void;
}

/** What becomes of what is selected, and why. */
function Decision({ count, isSaving, isDismissed, reasonFault, isAll, onAll, onDo }: DecisionProps) {
  const { t, i18n } = useTranslation('suggestions');
  const [reason, setReason] = useState('');
  const verbs = isDismissed ? (['restore'] as const) : (['confirm', 'dismiss'] as const);
  return (
    <Stack gap="xs" className="hw-noprint">
      <Group gap="md">
        <Checkbox
          label={t('selectAll')}
          checked={isAll}
          indeterminate={count > 0 && !isAll}
          onChange={({ currentTarget: { checked } }) => {
            onAll(checked);
          }}
        />
        <Text size="sm" className="hw-quiet" role="status">
          {isSaving ? t('saving') : t('selected', { count, total: count.toLocaleString(i18n.language) })}
        </Text>
      </Group>
      <TextInput
        size="sm"
        maw={480}
        label={t('reason')}
        description={t('reasonHint')}
        value={reason}
        error={reasonFault === '' ? undefined : reasonFault}
        onChange={({ currentTarget: { value } }) => {
          setReason(value);
        }}
      />
      <Group gap="xs">
        {verbs.map((verb) => (
          <Button
            key={verb}
            size="compact-md"
            variant={verb === 'confirm' ? 'filled' : 'default'}
            disabled={count === 0 || isSaving}
            onClick={() => {
              onDo(verb, reason);
            }}
          >
            {t(verb)}
          </Button>
        ))}
      </Group>
      {count > MOST_AT_ONCE ? (
        <Text size="sm" className="hw-quiet">
          {t('most', { most: String(MOST_AT_ONCE) })}
        </Text>
      ) : null}
    </Stack>
  );
}

interface TagSuggestionsProps {
  readonly tags: readonly string[];
  readonly isDismissed: boolean;
  /** What was counted has changed. */
  readonly onSettled: () => void;
}

/** Suggested tags: several are selected and confirmed, dismissed, or suggested again, by whoever may edit their datasets. */
export function TagSuggestions({ tags, isDismissed, onSettled }: TagSuggestionsProps) {
  const { t } = useTranslation('suggestions');
  const held = useViewer()?.scopes ?? [];
  const variables = useMemo(
    () => ({ filter: { isDismissed, tags: tags.length === 0 ? null : [...tags] } }),
    [tags, isDismissed],
  );
  const connection = useConnection({ query: TAG_SUGGESTIONS, variables, pageOf });
  const [chosen, setChosen] = useState(NOTHING);
  const { outcome, gone, refusals, settle } = useSettle((refused) => {
    // Those that were refused are to be looked at first.
    setChosen((before) => new Set([...before].filter((key) => !refused.has(key))));
    onSettled();
  });
  const said = useSaid(outcome);
  const shown = connection.edges?.map(({ node }) => node).filter((one) => !gone.has(keyOf(one)));
  const mayEdit = (one: TagSuggestion): boolean => holdsIn(held, 'CATALOG_EDIT', one.field.dataset);
  const editable = (shown ?? []).filter(mayEdit);
  const selected = editable.filter((one) => chosen.has(keyOf(one)));
  const { hasMore, isLoading, more } = connection;
  const isEmptied = shown?.length === 0 && hasMore && !isLoading && connection.error === undefined;
  useEffect(() => {
    if (isEmptied) more();
  }, [isEmptied, more]);
  const columns = useSuggestionColumns({
    isDismissed,
    refusals,
    choice:
      editable.length === 0
        ? null
        : {
            mayEdit,
            isChosen: (one) => chosen.has(keyOf(one)),
            onChoose: (one, isChosen) => {
              setChosen((before) => {
                const after = new Set(before);
                if (isChosen) after.add(keyOf(one));
                else after.delete(keyOf(one));
                return after;
              });
            },
          },
  });
  return (
    <>
      <Problem outcome={outcome} />
      <Said>{said}</Said>
      {editable.length === 0 ? null : (
        <Decision
          count={selected.length}
          isSaving={outcome.phase === 'SAVING'}
          isDismissed={isDismissed}
          reasonFault={outcome.phase === 'REFUSED' ? outcome.why : ''}
          isAll={selected.length === editable.length}
          onAll={(isAll) => {
            setChosen(isAll ? new Set(editable.map(keyOf)) : NOTHING);
          }}
          onDo={(verb, reason) => {
            settle(verb, selected, reason);
          }}
        />
      )}
      {shown === undefined || isEmptied || (shown.length === 0 && hasMore) ? null : shown.length === 0 ? (
        <Empty>{t(isDismissed ? 'noneDismissed' : 'none')}</Empty>
      ) : (
        <Records label={t('tags')} columns={columns} items={shown} keyOf={keyOf} />
      )}
      <ConnectionEnd connection={connection} lines={8} />
    </>
  );
}
