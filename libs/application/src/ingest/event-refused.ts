import { HeadwaterError, type ErrorCategory, type ErrorDetails } from '@headwater/domain/errors';
import type { EventOutline } from '@headwater/domain/events';

/** Why one event was refused, and what could be read of it all the same. */
export class EventRefused extends HeadwaterError {
  constructor(
    category: Extract<ErrorCategory, 'INVALID_INPUT' | 'FORBIDDEN' | 'LIMIT_EXCEEDED'>,
    message: string,
    readonly outline: EventOutline,
    details: ErrorDetails = {},
  ) {
    super(category, message, details);
  }
}
