import type { FAULT_CODES, FaultCode, FaultValues } from './fault-codes.js';

/** The closed list of failures; every transport maps all of them (architecture: errors). */
export type ErrorCategory =
  | 'INVALID_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'LIMIT_EXCEEDED'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/** What a fault speaks of, by name: `{ name: 'most', value: '200' }`. */
export interface FaultParameter {
  readonly name: string;
  readonly value: string;
}

/** What is wrong with something, in words and by a stable code with what it speaks of, to word it in another language. */
export interface Told {
  /** What to do about it. */
  readonly detail: string;
  readonly code: FaultCode;
  readonly parameters: readonly FaultParameter[];
}

/** One fault in the caller's input: an RFC 6901 pointer into it and what to do about it. */
export interface InputFault extends Told {
  readonly pointer: string;
}

/** What `detail` says, for programs: of `{ most: 200 }` the parameter `most` with the value `200`. */
export function coded<Code extends FaultCode>(
  code: Code,
  detail: string,
  ...[values]: (typeof FAULT_CODES)[Code] extends readonly [] ? [] : [values: FaultValues<Code>]
): Told {
  return { detail, code, parameters: parametersOf(values ?? {}) };
}

/** As {@link FaultParameter}s. */
export function parametersOf(values: Readonly<Record<string, string | number>>): readonly FaultParameter[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: String(value) }));
}

export interface ErrorDetails {
  readonly faults?: readonly InputFault[];
  /** Seconds after which a retry makes sense. */
  readonly retryAfterS?: number;
  /** A stable machine-readable reason below the category, for example `AMBIGUOUS_RUN`. */
  readonly reason?: string;
  /** Machine-readable facts for the caller, whatever the category: candidates, a lag, a cost. JSON values only. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** What callers may be told under UNAVAILABLE, where `message` stays in the log. */
  readonly publicMessage?: string;
  readonly cause?: unknown;
}

/** A failure that callers may show: `message` is written for them, except under UNAVAILABLE and INTERNAL. */
export class HeadwaterError extends Error {
  readonly category: ErrorCategory;
  readonly faults: readonly InputFault[];
  readonly retryAfterS: number | undefined;
  readonly reason: string | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly publicMessage: string | undefined;

  constructor(category: ErrorCategory, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'HeadwaterError';
    this.category = category;
    this.faults = details.faults ?? [];
    this.retryAfterS = details.retryAfterS;
    this.reason = details.reason;
    this.facts = details.facts ?? {};
    this.publicMessage = details.publicMessage;
  }
}
