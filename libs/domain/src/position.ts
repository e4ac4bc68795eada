import { HeadwaterError } from './errors.js';

const TEXT = /^(.+)\.(0|[1-9]\d{0,15})$/;

/** A position as clients see it: `<log id>.<n>`. */
export function formatPosition(logId: string, position: number): string {
  return `${logId}.${position}`;
}

/** Of two positions of one log, as clients see them, the later; '' is before all. */
export function laterPosition(a: string, b: string): string {
  const numberOf = (text: string): number => Number(TEXT.exec(text)?.[2] ?? -1);
  return numberOf(b) > numberOf(a) ? b : a;
}

/** The number of a position of this log. INVALID_INPUT for malformed text (BAD_POSITION) and for another log's (OTHER_LOG). */
export function parsePosition(logId: string, text: string): number {
  const match = TEXT.exec(text);
  const position = Number(match?.[2]);
  if (match === null || !Number.isSafeInteger(position)) {
    throw new HeadwaterError('INVALID_INPUT', 'A position is written <log id>.<number>, as an earlier answer gave it', {
      reason: 'BAD_POSITION',
    });
  }
  if (match[1] !== logId) {
    throw new HeadwaterError('INVALID_INPUT', 'This position belongs to another log: begin again without it', {
      reason: 'OTHER_LOG',
      facts: { logId },
    });
  }
  return position;
}
