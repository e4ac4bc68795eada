import { AccessDirectory } from '@headwater/application/access/access-directory';
import type { AccessParts } from '@headwater/application/access/access-parts';
import { AuthenticateToken } from '@headwater/application/access/authenticate-token';
import { InstallationSecrets } from '@headwater/application/access/installation-secrets';
import { LastUses } from '@headwater/application/access/last-uses';
import { LOCAL_PRINCIPAL, principalOfUser, subjectsOfUser } from '@headwater/application/access/principals';
import { RefusalLog } from '@headwater/application/access/refusal-log';
import { Sessions } from '@headwater/application/access/sessions';
import type { AccessStore, SessionUser } from '@headwater/domain/access/access-store';
import type { Principal } from '@headwater/domain/access/principal';
import type { Clock, IdSource } from '@headwater/domain/ports';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '@headwater/domain/time';
import type { Config } from '../config.js';
import type { Logger } from '../logging/logger.js';
import { Authenticator } from './authenticator.js';
import { AccessGate, OpenGate, type Gate } from './gate.js';
import { JwtVerifier } from './jwt-verifier.js';
import { OidcProvider } from './oidc-provider.js';
import { OidcSignIn } from './oidc-sign-in.js';
import { RateLimits } from './rate-limits.js';

const SWEEP_MS = 10 * 60_000;

export interface AccessServicesParts {
  readonly config: Pick<Config, 'access' | 'rates'>;
  readonly store: AccessStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly logger: Logger;
}

/** Everything about who calls, for one process. */
export class AccessServices {
  readonly gate: Gate;
  readonly authenticator: Authenticator;
  readonly directory: AccessDirectory;
  readonly sessions: Sessions;
  readonly secrets: InstallationSecrets;
  readonly refusals: RefusalLog;
  readonly limits: RateLimits;
  /** Undefined where none is configured. */
  readonly provider: OidcProvider | undefined;
  /** Sign-in at the provider; undefined where none is configured. */
  readonly oidc: OidcSignIn | undefined;
  /** What the use cases of access are made of. */
  readonly parts: AccessParts;
  readonly #uses: LastUses;
  readonly #sweeping: NodeJS.Timeout;

  constructor({ config, store, clock, ids, logger }: AccessServicesParts) {
    const { access, rates } = config;
    const onError = (error: unknown): void => {
      logger.warn({ err: error }, 'the audit or the times of last use could not be written; they will be tried again');
    };
    this.directory = new AccessDirectory(store, clock);
    this.secrets = new InstallationSecrets({ store, directory: this.directory, clock });
    this.parts = { store, directory: this.directory, clock, ids };
    this.#uses = new LastUses(store, onError);
    this.refusals = new RefusalLog({ store, clock, ids, onError });
    this.limits = new RateLimits(rates);
    const times = {
      idle: access.sessionIdleMinutes * MICROS_PER_MINUTE,
      longest: access.sessionHours * MICROS_PER_HOUR,
    };
    this.sessions = new Sessions({ store, directory: this.directory, uses: this.#uses, clock, ids, times });
    this.provider = access.oidc === null ? undefined : new OidcProvider(access.oidc);
    this.oidc =
      this.provider === undefined
        ? undefined
        : new OidcSignIn({ provider: this.provider, secrets: this.secrets, clock, ids });
    const tokens = new AuthenticateToken(this.directory, this.#uses, clock);
    const jwts = this.#jwtVerifier();
    this.authenticator = new Authenticator({
      token: (text) => tokens.execute(text),
      recall: (text) => tokens.recall(text),
      jwt: jwts === undefined ? undefined : (text) => jwts.judge(text),
      session: (value) => this.sessions.judge(value),
    });
    this.gate = access.isOn
      ? new AccessGate(this.authenticator, this.limits, this.refusals)
      : new OpenGate(LOCAL_PRINCIPAL);
    this.#sweeping = setInterval(() => void this.sessions.sweep().catch(onError), SWEEP_MS);
    this.#sweeping.unref();
  }

  /** A person as a caller, with the roles bound to them now. */
  async principalOf(user: SessionUser): Promise<Principal> {
    return principalOfUser(user, await this.directory.bindings(subjectsOfUser(user)));
  }

  /** Writes what is still to be written; the store is closed after it. */
  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    await this.refusals.close();
    await this.#uses.close();
    this.directory.close();
  }

  #jwtVerifier(): JwtVerifier | undefined {
    const { provider } = this;
    if (provider === undefined) return undefined;
    return new JwtVerifier({
      settings: provider.settings,
      keysUrl: () => provider.keysUrl(),
      fetch: provider.fetch,
      principalOf: (user) => this.principalOf(user),
    });
  }
}
