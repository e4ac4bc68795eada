import type { AccessStore } from '@headwater/domain/access/access-store';
import type { InstallationSecret, SecretName } from '@headwater/domain/access/installation-secret';
import type { Clock } from '@headwater/domain/ports';
import { MICROS_PER_SECOND, type Micros } from '@headwater/domain/time';
import type { AccessDirectory } from './access-directory.js';

/** For so long what was read counts; a change by any process ends that at once. */
const REMEMBERED: Micros = 3 * MICROS_PER_SECOND;

interface Held {
  readonly secret: Promise<InstallationSecret>;
  readonly at: Micros;
}

export interface InstallationSecretsParts {
  readonly store: Pick<AccessStore, 'secret'>;
  readonly directory: Pick<AccessDirectory, 'onChange'>;
  readonly clock: Clock;
}

/** The secrets of the installation as they are now: a rotation by any process is seen within seconds. */
export class InstallationSecrets {
  readonly #held = new Map<SecretName, Held>();

  constructor(private readonly parts: InstallationSecretsParts) {
    parts.directory.onChange(() => {
      this.#held.clear();
    });
  }

  /** Throws UNAVAILABLE while it cannot be read. */
  of(name: SecretName): Promise<InstallationSecret> {
    const now = this.parts.clock.now();
    const held = this.#held.get(name);
    if (held !== undefined && now - held.at < REMEMBERED) return held.secret;
    const secret = this.parts.store.secret(name).catch((error: unknown) => {
      // Asked again by the next one.
      if (this.#held.get(name)?.secret === secret) this.#held.delete(name);
      throw error;
    });
    this.#held.set(name, { secret, at: now });
    return secret;
  }
}
