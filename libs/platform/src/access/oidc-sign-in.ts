import type { InstallationSecrets } from '@headwater/application/access/installation-secrets';
import type { SessionUser } from '@headwater/domain/access/access-store';
import type { InstallationSecret } from '@headwater/domain/access/installation-secret';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Clock, IdSource } from '@headwater/domain/ports';
import { MICROS_PER_SECOND, type Micros } from '@headwater/domain/time';
import type { JWTPayload } from 'jose';
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  fetchUserInfo,
  ResponseBodyError,
  type Configuration,
  type IDToken,
} from 'openid-client';
import { userOfClaims } from './jwt-verifier.js';
import { providerAway, type OidcProvider } from './oidc-provider.js';
import { seal, unseal } from './sealed.js';

/** For so long somebody may take at the provider. */
export const SIGN_IN_SECONDS = 600;
const PURPOSE = 'sign-in';
/** What openid-client says of answers and ID tokens that do not fit; all else is the provider's or the network's fault. */
const UNFITTING: ReadonlySet<string> = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
]);

/** What does not fit in a sign-in, for programs and for the log; `facts.why` of the error names it. */
const BAD_SIGN_IN = {
  BEGUN_ELSEWHERE: 'It was begun in another browser, or too long ago.',
  NO_ID_TOKEN: 'The provider sent no ID token.',
  NOT_LET_IN: 'The provider did not let you in.',
  UNFITTING: 'What came back from the provider is not what was asked for.',
} as const;
export type BadSignIn = keyof typeof BAD_SIGN_IN;

export interface OidcSignInParts {
  readonly provider: OidcProvider;
  readonly secrets: Pick<InstallationSecrets, 'of'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** What a sign-in began with. The browser brings it back, sealed; nobody else has it. */
interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
  /** Where to go afterwards. */
  readonly next: string;
  readonly expiresAt: Micros;
}

/** Sign-in at the provider: authorization code with PKCE (RFC 7636), state and nonce (OpenID Connect Core §3.1). */
export class OidcSignIn {
  constructor(private readonly parts: OidcSignInParts) {}

  /** Where to send the browser, and what it is to bring back. Throws UNAVAILABLE while the provider is away. */
  async begin(next: string, redirectUri: string): Promise<{ readonly url: URL; readonly sealed: string }> {
    const { provider, clock } = this.parts;
    const configuration = await provider.configuration();
    const [state, nonce, verifier] = [this.#random(), this.#random(), this.#random()];
    const expiresAt = clock.now() + SIGN_IN_SECONDS * MICROS_PER_SECOND;
    const begun: Begun = { state, nonce, verifier, redirectUri, next, expiresAt };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: provider.settings.scope,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { url, sealed: seal((await this.#secret()).value, PURPOSE, JSON.stringify(begun)) };
  }

  /**
   * Who came back from the provider, and where to. `search` is the query of the callback. Throws UNAUTHENTICATED
   * (BAD_SIGN_IN) for anything that does not fit what this browser began, and UNAVAILABLE.
   */
  async finish(sealed: string | undefined, search: string): Promise<{ user: SessionUser; next: string }> {
    const begun = await this.#begun(sealed);
    if (begun === undefined) throw badSignIn('BEGUN_ELSEWHERE');
    const { provider } = this.parts;
    const configuration = await provider.configuration();
    const returned = new URL(begun.redirectUri);
    returned.search = search;
    try {
      const tokens = await authorizationCodeGrant(configuration, returned, {
        expectedState: begun.state,
        expectedNonce: begun.nonce,
        pkceCodeVerifier: begun.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw badSignIn('NO_ID_TOKEN');
      const all = await withUserInfo(configuration, tokens.access_token, claims);
      return { user: userOfClaims(all, provider.settings), next: begun.next };
    } catch (error) {
      throw explain(error);
    }
  }

  async #begun(sealed: string | undefined): Promise<Begun | undefined> {
    if (sealed === undefined) return undefined;
    const { value, previous } = await this.#secret();
    // It may have been begun just before a rotation.
    const text = unseal(value, PURPOSE, sealed) ?? (previous === null ? undefined : unseal(previous, PURPOSE, sealed));
    if (text === undefined) return undefined;
    const begun = JSON.parse(text) as Begun;
    return begun.expiresAt > this.parts.clock.now() ? begun : undefined;
  }

  /** The same in every process: the browser may come back to another one. */
  #secret(): Promise<InstallationSecret> {
    return this.parts.secrets.of(PURPOSE);
  }

  #random(): string {
    return Buffer.from(this.parts.ids.bytes(32)).toString('base64url');
  }
}

/** In the code flow most providers put profile, e-mail and groups into the userinfo answer only (Core §5.4). */
async function withUserInfo(configuration: Configuration, accessToken: string, claims: IDToken): Promise<JWTPayload> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
  const more = await fetchUserInfo(configuration, accessToken, claims.sub);
  return { ...(more as JWTPayload), ...claims };
}

function explain(error: unknown): HeadwaterError {
  if (error instanceof HeadwaterError) return error;
  if (error instanceof AuthorizationResponseError) return badSignIn('NOT_LET_IN', error);
  // A code that was used before, or that another browser began.
  const isRefused = error instanceof ResponseBodyError && error.error === 'invalid_grant';
  if (isRefused || (error instanceof ClientError && UNFITTING.has(error.code ?? ''))) {
    return badSignIn('UNFITTING', error);
  }
  return providerAway(error);
}

function badSignIn(why: BadSignIn, cause?: unknown): HeadwaterError {
  return new HeadwaterError('UNAUTHENTICATED', BAD_SIGN_IN[why], { reason: 'BAD_SIGN_IN', facts: { why }, cause });
}
