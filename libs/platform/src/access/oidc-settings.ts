import type { Role } from '@headwater/domain/access/scopes';

/** The OpenID provider that people and services sign in with. */
export interface OidcSettings {
  /** Exactly as the provider's discovery document and tokens have it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, which PKCE protects. */
  readonly clientSecret: string | null;
  /** What a JWT of a service must be meant for. */
  readonly audience: string;
  /** Scopes to ask for at sign-in, separated by blanks. */
  readonly scope: string;
  readonly rolesClaim: string;
  readonly groupsClaim: string;
  /** What the provider calls a role -> what it is here. */
  readonly roleMap: ReadonlyMap<string, Role>;
}
