import { useTranslation } from 'react-i18next';
import { partsOf } from '../../lib/node-id.js';
import { EditWords } from '../../ui/edit-words.js';
import type { Job } from './edits-query.js';

/** What a job does, in words. */
export function JobWords({ job: { kind, changes } }: { readonly job: Pick<Job, 'kind' | 'changes'> }) {
  const { t } = useTranslation('edits');
  if (kind === 'IMPORT') return <span>{t('importJob')}</span>;
  if (kind !== 'HAND_OVER') return <EditWords edits={changes} />;
  const nameOf = (action: string): string => {
    const { namespace, name } = partsOf(changes.find((change) => change.action === action)?.value ?? '');
    return name || namespace;
  };
  return <span className="hw-name">{t('handOver', { from: nameOf('WITHDRAW'), to: nameOf('STATE') })}</span>;
}

/** How far a job is, in words. */
export function JobState({ job }: { readonly job: Job }) {
  const { t, i18n } = useTranslation('edits');
  const { total, made, refused, endedAt } = job;
  const written = (count: number): string => count.toLocaleString(i18n.language);
  const words = [
    endedAt === null ? t('going', { done: written(made + refused), total: written(total) }) : null,
    endedAt === null ? null : t('made', { count: made, total: written(made) }),
    refused > 0 ? t('refused', { count: refused, total: written(refused) }) : null,
  ];
  return <span>{words.filter(Boolean).join(', ')}</span>;
}
