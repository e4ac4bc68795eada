import type { Judgement } from '@headwater/application/access/authenticate-token';
import { isRole, type Role } from '@headwater/domain/access/scopes';
import type { SessionUser } from '@headwater/domain/access/access-store';
import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { OidcSettings } from './oidc-settings.js';

/** Asymmetric only: a verifier that took a shared secret or `none` could be talked into accepting forged tokens. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Seconds by which the provider's clock and ours may differ. */
const CLOCK_TOLERANCE_S = 60;

export interface JwtVerifierParts {
  readonly settings: OidcSettings;
  /** The provider's `jwks_uri`, found by discovery at first use. */
  readonly keysUrl: () => Promise<URL>;
  /** Guarded against requests to where it must not go. */
  readonly fetch: typeof fetch;
  readonly principalOf: (user: SessionUser) => Promise<Principal>;
}

/** Judges JWTs of the provider: issuer, audience, times, and a signature by one of its current keys. */
export class JwtVerifier {
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly parts: JwtVerifierParts) {}

  /** Throws UNAVAILABLE while the provider's keys cannot be read. */
  async judge(text: string): Promise<Judgement> {
    const { settings } = this.parts;
    try {
      const { payload } = await jwtVerify(text, await this.#keySet(), {
        issuer: settings.issuer,
        audience: settings.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['sub', 'exp'],
      });
      return { principal: await this.parts.principalOf(userOfClaims(payload, settings)) };
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw providerAway(error);
      return { refused: error instanceof errors.JWTExpired ? 'EXPIRED_TOKEN' : 'BAD_JWT', token: null };
    }
  }

  #keySet(): Promise<JWTVerifyGetKey> {
    // Keys are read again when a token names one that is not among them, at most every 30 s: rotation needs no restart.
    this.#keys ??= this.parts
      .keysUrl()
      .then((url) => createRemoteJWKSet(url, { [customFetch]: this.parts.fetch, timeoutDuration: 4_000 }))
      .catch((error: unknown) => {
        this.#keys = undefined;
        throw error;
      });
    return this.#keys;
  }
}

function providerAway(cause: unknown): HeadwaterError {
  // Where the provider's keys were said to be is nothing for callers.
  if (cause instanceof HeadwaterError && cause.reason !== 'SSRF') return cause;
  return new HeadwaterError('UNAVAILABLE', 'The identity provider cannot be reached', {
    reason: 'PROVIDER_AWAY',
    publicMessage: 'The identity provider cannot be reached at the moment: try again, or use an API token.',
    cause,
  });
}

/** Who the provider says it is. Only a verified e-mail address counts: roles may be bound to it. */
export function userOfClaims(claims: JWTPayload, settings: OidcSettings): SessionUser {
  const email = claims['email_verified'] === true && typeof claims['email'] === 'string' ? claims['email'] : null;
  const name = claims['name'] ?? claims['preferred_username'] ?? email ?? claims.sub;
  return {
    id: `user:${settings.issuer}#${claims.sub ?? ''}`,
    name: typeof name === 'string' ? name.slice(0, 200) : (claims.sub ?? ''),
    email,
    groups: textsAt(claims, settings.groupsClaim),
    roles: rolesOf(textsAt(claims, settings.rolesClaim), settings.roleMap),
    token: null,
  };
}

function rolesOf(values: readonly string[], map: OidcSettings['roleMap']): readonly Role[] {
  // Without a map nothing is taken from claims: a provider's `admin` is not ours unless somebody says so.
  return [...new Set(values.flatMap((value) => map.get(value) ?? []))].filter(isRole);
}

/** A claim by its path (`realm_access.roles`): a text or a list of texts. */
function textsAt(claims: JWTPayload, path: string): readonly string[] {
  // A claim may itself be named with dots, as those that are URLs are.
  let value: unknown = claims[path];
  if (value === undefined) {
    value = claims;
    for (const step of path.split('.')) value = isObject(value) ? value[step] : undefined;
  }
  if (typeof value === 'string') return value.split(/[ ,]+/).filter((text) => text !== '');
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
