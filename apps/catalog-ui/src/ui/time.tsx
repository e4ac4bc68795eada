import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** `3 hours ago`, in the language given; `now` within a minute. */
export function relativeTime(at: string, language: string, now = Date.now()): string {
  const seconds = (Date.parse(at) - now) / 1_000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}

/** Date and time in the viewer's zone. */
export function zonedTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

/** `1 h 12 min`; null for what has no length yet. */
export function lengthOfTime(milliseconds: number | null | undefined, language: string): string | null {
  if (milliseconds === null || milliseconds === undefined) return null;
  const inUnit = (value: number, unit: string, digits = 0): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value);
  const seconds = milliseconds / 1_000;
  if (seconds < 1) return inUnit(milliseconds, 'millisecond');
  if (seconds < 60) return inUnit(seconds, 'second', 1);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const large = hours === 0 ? inUnit(minutes, 'minute') : inUnit(hours, 'hour');
  const rest = hours === 0 ? Math.floor(seconds % 60) : minutes % 60;
  return rest === 0 ? large : `${large} ${inUnit(rest, hours === 0 ? 'second' : 'minute')}`;
}

/** To the second, with the viewer's zone, and as the instant that it is everywhere. */
function exactTime(at: string, language: string): string {
  const here = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long' }).format(new Date(at));
  return `${here} · ${at}`;
}

/** A moment, relative or in the viewer's zone; the exact instant on hover and touch. On paper it is never relative. */
export function Time({
  at,
  absolute = false,
}: {
  readonly at: string | null | undefined;
  readonly absolute?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  if (at === null || at === undefined) return <span className="hw-quiet">{t('unknown')}</span>;
  return (
    <Tooltip label={exactTime(at, language)} events={TOOLTIP_EVENTS}>
      <time dateTime={at}>
        {absolute ? (
          zonedTime(at, language)
        ) : (
          <>
            <span className="hw-noprint">{relativeTime(at, language)}</span>
            <span className="hw-printonly">{zonedTime(at, language)}</span>
          </>
        )}
      </time>
    </Tooltip>
  );
}

const TOOLTIP_EVENTS = { hover: true, focus: true, touch: true };
