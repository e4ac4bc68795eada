import { useTranslation } from 'react-i18next';
import type { FlowNode } from './flows-query.js';

/** What a place of the map is called. */
export function useFlowName(): (node: FlowNode) => string {
  const { t, i18n } = useTranslation('flows');
  return ({ kind, name, id, places }) => {
    if (kind === 'OTHERS') return t('OTHERS', { count: places, total: places.toLocaleString(i18n.language) });
    return kind === 'NO_DOMAIN' || kind === 'HIDDEN' ? t(kind) : (name ?? id);
  };
}
