import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AssetLink } from '../../ui/asset-link.js';
import type { Column } from '../../ui/records.js';
import { TagBadge } from '../../ui/tag-badge.js';
import { Time } from '../../ui/time.js';
import type { TagSuggestion } from './suggestions-query.js';
import { keyOf } from './use-settle.js';

const KNOWN = ['NO_SUCH_FIELD', 'NO_SUCH_ASSET', 'NO_SUCH_SUGGESTION', 'MISSING_SCOPE', 'EDITED_MEANWHILE'] as const;

const nameOf = ({ dataset, segments }: TagSuggestion['field']): string =>
  `${dataset.displayName} · ${segments.join('.')}`;

interface Shown {
  readonly isDismissed: boolean;
  readonly refusals: ReadonlyMap<string, string>;
  /** How some are selected; null where none can be. */
  readonly choice: {
    readonly mayEdit: (one: TagSuggestion) => boolean;
    readonly isChosen: (one: TagSuggestion) => boolean;
    readonly onChoose: (one: TagSuggestion, isChosen: boolean) => void;
  } | null;
}

/** How the API begins the name of a rule of the organization's own. */
const OWN = 'custom: ';

function Why({ one, isDismissed, refusal }: { one: TagSuggestion; isDismissed: boolean; refusal: string | undefined }) {
  const { t } = useTranslation('suggestions');
  const { rule, confidence, dismissal } = one;
  const known = KNOWN.find((code) => code === refusal);
  return (
    <Stack gap={2}>
      <Text size="sm" className="hw-name">
        {rule.startsWith(OWN) ? t('ownRule', { rule: rule.slice(OWN.length) }) : t('rule', { rule })}
      </Text>
      <Text size="sm" className="hw-quiet">
        {t('sure', { confidence: String(confidence) })}
      </Text>
      {isDismissed && dismissal !== null ? (
        <Text size="sm" className="hw-quiet hw-name">
          {t('dismissedBy', { by: dismissal.enteredBy ?? '' })}, <Time at={dismissal.since} />
          {dismissal.reason === '' ? null : `: ${dismissal.reason}`}
        </Text>
      ) : null}
      {refusal === undefined ? null : (
        <Text size="sm" c="var(--hw-bad)">
          {known === undefined ? t('refused.other', { code: refusal }) : t(`refused.${known}`)}
        </Text>
      )}
    </Stack>
  );
}

/** The columns of suggested tags, with a box each where it can be selected. */
export function useSuggestionColumns({ isDismissed, refusals, choice }: Shown): readonly Column<TagSuggestion>[] {
  const { t } = useTranslation('suggestions');
  const columns: Column<TagSuggestion>[] = [
    {
      key: 'field',
      title: t('field'),
      render: ({ field }) => (
        <AssetLink
          id={field.id}
          kind="FIELD"
          name={nameOf(field)}
          namespace={[field.dataset.namespace, field.type].filter((part) => part !== null).join(' · ')}
        />
      ),
    },
    { key: 'tag', title: t('tag'), render: ({ tag }) => <TagBadge name={tag.name} /> },
    {
      key: 'why',
      title: t('why'),
      render: (one) => <Why one={one} isDismissed={isDismissed} refusal={refusals.get(keyOf(one))} />,
    },
  ];
  if (choice === null) return columns;
  return [
    {
      key: 'select',
      title: t('select'),
      isAction: true,
      render: (one) =>
        choice.mayEdit(one) ? (
          <Checkbox
            aria-label={t('selectOne', { tag: one.tag.name, field: nameOf(one.field) })}
            checked={choice.isChosen(one)}
            onChange={({ currentTarget: { checked } }) => {
              choice.onChoose(one, checked);
            }}
          />
        ) : null,
    },
    ...columns,
  ];
}
