import type { HeadwaterError } from '@headwater/domain/errors';
import { CATEGORY_ON_HTTP } from '../http/error-tables.js';
import type { Logger } from './logger.js';

/**
 * One line for a failed request, at the level of its category. Refusals of unknown or too frequent callers have no stack:
 * where they come from is known, the audit counts them, and a flood of them is to cost little.
 */
export function logFailure(
  logger: Logger,
  error: HeadwaterError,
  facts: Readonly<Record<string, unknown>>,
  message: string,
): void {
  const { category, reason } = error;
  // On ingest paths it is an UNAVAILABLE for the sake of clients; nothing is broken.
  const isTooOften = reason === 'RATE_LIMITED';
  const level = CATEGORY_ON_HTTP[isTooOften ? 'RATE_LIMITED' : category].logLevel;
  const isFlood = isTooOften || category === 'UNAUTHENTICATED';
  logger[level](isFlood ? { ...facts, category, reason } : { ...facts, category, reason, err: error }, message);
}
