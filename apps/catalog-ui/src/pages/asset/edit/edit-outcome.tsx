import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsElsewhere } from '../../../access/refusal.js';
import { Loading, ProblemPanel } from '../../../ui/problem.js';
import { Columns, Part } from '../asset-parts.js';
import type { RefusedEdit } from './edit-mutations.js';
import { useSaid } from './edit-words.js';
import type { EditControl } from './use-edit.js';

const KNOWN = [
  'INVALID_INPUT',
  'NO_SUCH_ASSET',
  'NO_SUCH_FIELD',
  'NO_SUCH_DOMAIN',
  'NO_SUCH_TERM',
  'NO_SUCH_PROPERTY',
  'NO_SUCH_LOGICAL_DATASET',
  'IN_OTHER_LOGICAL_DATASET',
  'PROPERTY_CHANGED',
  'MISSING_SCOPE',
  'EDITED_MEANWHILE',
  'ALREADY_DELETED',
  'NOT_DELETED',
] as const;

/** Why an edit was taken back; what is wrong with a field that `shown` names stands at that field. */
function RefusedAlert({ refusal, shown }: { readonly refusal: RefusedEdit; readonly shown: readonly string[] }) {
  const { t } = useTranslation('asset');
  const reason = KNOWN.find((known) => known === refusal.reason);
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={t('edit.refusedTitle')}>
      <Stack gap={4}>
        <Text className="hw-name">{reason === undefined ? refusal.message : t(`edit.refused.${reason}`)}</Text>
        {faultsElsewhere(refusal.faults, shown).map((fault) => (
          <Text key={fault} className="hw-name">
            {fault}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

interface EditProblemProps {
  readonly control: EditControl;
  /** The members of the input that have a field beside it. */
  readonly shown?: readonly string[];
  /** Sends it again, as it is typed by now where there is a form. */
  readonly onRetry?: () => void;
}

/** Why an edit is not made; nothing where it is, or is yet to be. */
export function EditProblem({ control: { state, retry }, shown = [], onRetry = retry }: EditProblemProps) {
  if (state.phase === 'FAILED') return <ProblemPanel error={state.error} onRetry={onRetry} />;
  return state.phase === 'REFUSED' ? <RefusedAlert refusal={state.refusal} shown={shown} /> : null;
}

/** What came of an edit: read out, and focused where the focus went away with its form. */
export function EditSaid({ control }: { readonly control: EditControl }) {
  const said = useSaid(control);
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said !== '' && document.activeElement === document.body) line.current?.focus();
  }, [said]);
  return (
    <div
      ref={line}
      role="status"
      tabIndex={-1}
      className="hw-noprint"
      // While it says nothing it takes no room, and is there to be listened to.
      style={{ outline: 'none', position: said === '' ? 'absolute' : 'static' }}
    >
      {said === '' ? null : (
        <Text size="sm" className="hw-name">
          {said}
        </Text>
      )}
    </div>
  );
}

interface EditConflictProps {
  readonly control: EditControl;
  readonly mine: ReactNode;
  readonly theirs: ReactNode;
}

/** Two wanted something at once: both, and the choice. Nothing where there is no such conflict. */
export function EditConflict({ control, mine, theirs }: EditConflictProps) {
  const { t } = useTranslation('asset');
  const { state, isShown, saveOnTop, keepTheirs } = control;
  const box = useRef<HTMLDivElement>(null);
  const isConflict = state.phase === 'CONFLICT';
  useEffect(() => {
    if (isConflict) box.current?.focus();
  }, [isConflict]);
  if (!isConflict) return null;
  return (
    <Alert
      ref={box}
      role="alert"
      tabIndex={-1}
      variant="default"
      icon={<IconUsers color="var(--hw-warn)" />}
      title={t('edit.conflictTitle')}
    >
      <Stack gap="sm">
        <Text>{t('edit.conflict')}</Text>
        <Text size="sm" className="hw-name">
          {state.refusal.message}
        </Text>
        <Columns>
          <Part title={t('edit.mine')}>{mine}</Part>
          <Part title={t('edit.theirs')}>{isShown ? theirs : <Loading lines={1} />}</Part>
        </Columns>
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={keepTheirs}>
            {t('edit.keepTheirs')}
          </Button>
          <Button size="xs" onClick={saveOnTop}>
            {t('edit.onTop')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
