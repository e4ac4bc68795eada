import { HeadwaterError } from '@headwater/domain/errors';
import {
  allowInsecureRequests,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  type Configuration,
} from 'openid-client';
import { isLoopback } from '../access-settings.js';
import { guardedFetch } from './guarded-fetch.js';
import type { OidcSettings } from './oidc-settings.js';

const TIMEOUT_S = 5;

/** The configured OpenID provider: its discovery document, read at first use and again after a failure. */
export class OidcProvider {
  readonly fetch: typeof fetch;
  #configuration: Promise<Configuration> | undefined;

  constructor(readonly settings: OidcSettings) {
    this.fetch = guardedFetch(new URL(settings.issuer));
  }

  /** Throws UNAVAILABLE while the provider cannot be reached. */
  async configuration(): Promise<Configuration> {
    this.#configuration ??= this.#discover();
    try {
      return await this.#configuration;
    } catch (error) {
      this.#configuration = undefined;
      throw providerAway(error);
    }
  }

  async keysUrl(): Promise<URL> {
    const { jwks_uri: keys } = (await this.configuration()).serverMetadata();
    if (keys === undefined) throw new HeadwaterError('UNAVAILABLE', 'The provider names no keys');
    return new URL(keys);
  }

  async #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const server = new URL(issuer);
    const isPlain = server.protocol === 'http:' && isLoopback(server.hostname.replace(/^\[|\]$/g, ''));
    const authentication = clientSecret === null ? None() : ClientSecretPost(clientSecret);
    return discovery(server, clientId, undefined, authentication, {
      [customFetch]: this.fetch as never,
      timeout: TIMEOUT_S,
      execute: [
        // ID tokens come straight from the provider; their signature is checked all the same.
        enableNonRepudiationChecks,
        // Marked deprecated to stand out. The settings allow plain http on this machine only.
        // eslint-disable-next-line @typescript-eslint/no-deprecated
        ...(isPlain ? [allowInsecureRequests] : []),
      ],
    });
  }
}

/** UNAVAILABLE, with what is left to do; one of our own errors stays what it is. */
export function providerAway(cause: unknown): HeadwaterError {
  // Where the provider said that its keys are is nothing for callers.
  if (cause instanceof HeadwaterError && cause.reason !== 'SSRF') return cause;
  return new HeadwaterError('UNAVAILABLE', 'The identity provider cannot be reached', {
    reason: 'PROVIDER_AWAY',
    publicMessage: 'The identity provider cannot be reached at the moment: try again, or use an API token.',
    cause,
  });
}
