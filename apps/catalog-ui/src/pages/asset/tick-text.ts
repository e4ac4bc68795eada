import { lengthOfTime } from '../../ui/time.js';
import type { GanttMode } from './gantt-geometry.js';

const DAY_MS = 86_400_000;

/** What stands at a tick: the time of day, the date from steps of a day on, or what has elapsed. */
export function tickText(value: number, stepMs: number, mode: GanttMode, language: string): string {
  if (mode === 'ELAPSED') return value === 0 ? '0' : (lengthOfTime(value, language) ?? '');
  const date = new Date(value);
  if (stepMs >= DAY_MS) return date.toLocaleDateString(language, { day: 'numeric', month: 'short' });
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0 && stepMs >= 3_600_000;
  if (isMidnight) return date.toLocaleDateString(language, { day: 'numeric', month: 'short' });
  return date.toLocaleTimeString(language, {
    hour: 'numeric',
    minute: '2-digit',
    ...(stepMs < 60_000 && { second: '2-digit' }),
  });
}
