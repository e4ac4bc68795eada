import type { AccessEvent } from '@headwater/domain/access/access-event';
import type { AccessChange, AccessState, SessionRow } from '@headwater/domain/access/access-store';
import type { InstallationSecret, SecretName } from '@headwater/domain/access/installation-secret';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Clock, IdSource } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import { MemoryAccessStore } from '../memory-access-store.js';

/** The store in memory, with the failures of one that is reached over a network, for tests of who uses it. */
export class UnsteadyAccessStore extends MemoryAccessStore {
  /** Every call fails with UNAVAILABLE. */
  isAway = false;
  /** Notices of changes are lost. */
  isSilent = false;
  /** How often the whole state was read. */
  reads = 0;
  /** Called within each read of the state, after what it will answer is fixed. */
  onRead: () => Promise<void> = () => Promise.resolve();

  override async record(event: AccessEvent, changes: readonly AccessChange[]): Promise<void> {
    this.#reach();
    await super.record(event, changes);
  }

  override async state(): Promise<AccessState> {
    this.reads += 1;
    this.#reach();
    const state = await super.state();
    await this.onRead();
    return state;
  }

  override subscribe(listener: () => void): () => void {
    return super.subscribe(() => {
      if (!this.isSilent) listener();
    });
  }

  override async session(hash: string): Promise<SessionRow | null> {
    this.#reach();
    return super.session(hash);
  }

  override async secret(name: SecretName): Promise<InstallationSecret> {
    this.#reach();
    return super.secret(name);
  }

  override async touchTokens(used: ReadonlyMap<string, Micros>): Promise<void> {
    this.#reach();
    await super.touchTokens(used);
  }

  #reach(): void {
    if (this.isAway) throw new HeadwaterError('UNAVAILABLE', 'the store is away', { reason: 'STORE_AWAY' });
  }
}

/** A clock that tests move. */
export class ManualClock implements Clock {
  constructor(public at: Micros) {}

  now(): Micros {
    return this.at;
  }
}

/** Ids and bytes that count up: the same in each run. */
export class CountingIds implements IdSource {
  #next = 0;

  uuid(): string {
    const hex = (this.#next += 1).toString(16).padStart(12, '0');
    return `${hex.slice(4)}-${hex.slice(0, 4)}-4000-8000-000000000000`;
  }

  bytes(count: number): Uint8Array {
    return new Uint8Array(count).fill((this.#next += 1) % 256);
  }
}
