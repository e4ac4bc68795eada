import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

export interface Person {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly groups?: readonly string[];
  readonly roles?: readonly string[];
}

const CLIENT_ID = 'headwater';
const CLIENT_SECRET = 'a-secret-of-the-tests-only';
const AUDIENCE = 'headwater-api';

type Handler = ReturnType<Provider['callback']>;

/** A real OpenID provider (`oidc-provider`) on a free port, with one client, whose people sign in without a password. */
export class TestProvider {
  /** Whoever asks next to be signed in; null is let in by nobody. */
  person: Person | null = null;
  readonly #people = new Map<string, Person>();
  #handler: Handler | undefined;
  #provider: Provider | undefined;
  #keys: readonly JWK[] = [];
  #redirectUri = '';

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(): Promise<TestProvider> {
    const server = createServer((request, response) => {
      const interaction = /^\/interaction\/[\w-]+$/.test(request.url ?? '');
      if (interaction) void started.#signIn(request, response);
      else if (started.#handler !== undefined) void started.#handler(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const started = new TestProvider(server, `http://127.0.0.1:${String(port)}`);
    await started.rotateKeys();
    return started;
  }

  /** Settings of a server whose people and services come from here. */
  get settings(): Readonly<Record<string, string>> {
    return {
      HEADWATER_AUTH: 'on',
      HEADWATER_OIDC_ISSUER: this.issuer,
      HEADWATER_OIDC_CLIENT_ID: CLIENT_ID,
      HEADWATER_OIDC_CLIENT_SECRET: CLIENT_SECRET,
      HEADWATER_OIDC_AUDIENCE: AUDIENCE,
      HEADWATER_OIDC_SCOPE: 'openid profile email groups',
      HEADWATER_OIDC_ROLE_MAP: 'data-admins=admin,analysts=viewer,pipelines=producer',
    };
  }

  /** Where the client lets people be sent back to. */
  allowReturnTo(redirectUri: string): void {
    this.#redirectUri = redirectUri;
    this.#build();
  }

  /** New keys in place of the old ones. */
  async rotateKeys(): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const kid = `key-${String(Date.now())}-${String(Math.random()).slice(2, 8)}`;
    this.#keys = [{ ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' }];
    this.#build();
  }

  /** The JWK that the provider publishes. */
  get publicKey(): JWK {
    const { kty, n, e, kid = '' } = this.#keys[0] ?? {};
    return { kty: kty ?? '', n: n ?? '', e: e ?? '', kid };
  }

  /** An access token as the provider gives it to a service (RFC 9068). */
  async serviceToken(): Promise<string> {
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`the provider gave no token: ${String(response.status)}`);
    return token;
  }

  /** A JWT under the provider's own key; claims given here stand in for good ones. */
  async sign(claims: JWTPayload = {}, header: { readonly alg?: string; readonly kid?: string } = {}): Promise<string> {
    const [jwk] = this.#keys;
    if (jwk === undefined) throw new Error('the provider has no key');
    const now = Math.floor(Date.now() / 1000);
    const good = { iss: this.issuer, aud: AUDIENCE, sub: 'service', iat: now, exp: now + 300, roles: ['pipelines'] };
    return new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: jwk.kid ?? '', ...header })
      .sign(await importJWK(jwk, 'RS256'));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.closeAllConnections();
      this.server.close(() => resolve());
    });
  }

  async #signIn(...[request, response]: Parameters<Handler>): Promise<void> {
    const { person } = this;
    if (person !== null) this.#people.set(person.sub, person);
    const result =
      person === null
        ? { error: 'access_denied', error_description: '<b>no</b>' }
        : { login: { accountId: person.sub } };
    await this.#provider?.interactionFinished(request, response, result);
  }

  #build(): void {
    const configuration: Configuration = {
      clients: [
        {
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          redirect_uris: this.#redirectUri === '' ? ['http://127.0.0.1/'] : [this.#redirectUri],
          grant_types: ['authorization_code', 'client_credentials'],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      jwks: { keys: [...this.#keys] as never },
      cookies: { keys: ['of the tests only'] },
      ttl: { AccessToken: 600, ClientCredentials: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      pkce: { required: () => true },
      claims: { profile: ['name', 'roles'], email: ['email', 'email_verified'], groups: ['groups'], openid: ['sub'] },
      scopes: ['openid', 'profile', 'email', 'groups'],
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...this.#people.get(sub), sub }) }),
      loadExistingGrant: async (ctx) => {
        const grant = new ctx.oidc.provider.Grant({
          accountId: ctx.oidc.session?.accountId ?? '',
          clientId: CLIENT_ID,
        });
        grant.addOIDCScope('openid profile email groups');
        await grant.save();
        return grant;
      },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      extraTokenClaims: () => ({ roles: ['pipelines'] }),
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: (ctx) => (ctx.oidc.params?.['grant_type'] === 'client_credentials' ? 'urn:api' : []),
          getResourceServerInfo: () => ({ scope: '', audience: AUDIENCE, accessTokenFormat: 'jwt' }),
        },
      },
    };
    this.#provider = new Provider(this.issuer, configuration);
    this.#handler = this.#provider.callback();
  }
}
