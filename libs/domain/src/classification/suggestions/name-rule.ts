import type { TypeFamily } from '../../collection/type-family.js';
import type { FieldContext } from './field-shape.js';

/**
 * Raised with every change of what built-in rules suggest, or of how names are read: a catalog of another revision judges
 * its fields anew at the start.
 */
export const SUGGESTION_REVISION = 2;

/** One way to tell from a name what a field holds. */
export interface NameRule {
  /** What an answer names it by. */
  readonly id: string;
  /** `key=value`. */
  readonly tag: string;
  /** How often it is right, in percent, by its author's estimate. */
  readonly confidence: number;
  /** Words that stand one behind the other in the name, parted or joined: `first name` fits `firstName` and `firstname`. */
  readonly phrases: readonly string[];
  /** The name has no other words than the phrase, single letters and numbers aside. */
  readonly isWhole?: boolean;
  /** It does not fit where one of these words is in the name, beside {@link ABOUT}. */
  readonly unless?: readonly string[];
  /** Families of types that such values have; a field whose type is not known fits. None: TEXT alone. */
  readonly types?: readonly TypeFamily[];
  /** It fits only what is about one of these. */
  readonly within?: readonly FieldContext[];
  /** It does not fit what is about one of these. */
  readonly outside?: readonly FieldContext[];
}

/** Words of fields that tell something about a value and not the value: how many, whether, when, of what kind. */
export const ABOUT: ReadonlySet<string> = new Set([
  ...['count', 'total', 'sum', 'avg', 'average', 'min', 'max', 'rate', 'ratio', 'pct', 'percent', 'score', 'rank'],
  ...['is', 'has', 'can', 'flag', 'enabled', 'disabled', 'verified', 'verification', 'confirmed', 'valid', 'validated'],
  ...['status', 'state', 'type', 'kind', 'category', 'class', 'format', 'length', 'size', 'quality', 'version'],
  ...['sent', 'opened', 'clicked', 'bounced', 'delivered', 'received', 'subscribed', 'unsubscribed', 'optin', 'optout'],
  ...[
    'consent',
    'preference',
    'preferred',
    'allowed',
    'required',
    'changed',
    'updated',
    'created',
    'deleted',
    'expires',
  ],
  ...['expiry', 'expired', 'expiration', 'attempts', 'attempt', 'failed', 'template', 'subject', 'campaign', 'policy'],
  ...['description', 'label', 'reason', 'source', 'provider', 'domain', 'permission', 'role', 'group', 'url', 'uri'],
  ...[
    'link',
    'image',
    'quantity',
    'amount',
    'price',
    'order',
    'ordinal',
    'index',
    'position',
    'column',
    'table',
    'schema',
  ],
  ...[
    'encoding',
    'anzahl',
    'gueltig',
    'bestaetigt',
    'gesendet',
    'typ',
    'art',
    'kategorie',
    'reset',
    'hint',
    'setting',
    'settings',
  ],
]);
