import type { Principal } from '@headwater/domain/access/principal';
import type { AssetRow } from '@headwater/domain/catalog';
import type { Clock } from '@headwater/domain/ports';
import type { RecentView, ViewStore } from '@headwater/domain/saved/view-store';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';

const SWEEP_EVERY: Micros = MICROS_PER_HOUR;

/** What people look at, kept for `retentionDays`; with 0 nothing is. */
export class LookAtAssets {
  #sweptAt = 0;

  constructor(
    private readonly views: ViewStore,
    private readonly clock: Clock,
    private readonly retentionDays: number,
  ) {}

  /** Each once a visit; how many of them are kept. */
  async record(by: Principal, assets: readonly AssetRow[]): Promise<number> {
    const now = this.clock.now();
    if (now - this.#sweptAt > SWEEP_EVERY) {
      this.#sweptAt = now;
      // With 0 days all of today goes, too.
      await this.views.sweep(this.retentionDays === 0 ? now + 24 * MICROS_PER_HOUR : this.#oldest(now));
    }
    if (this.retentionDays === 0 || assets.length === 0) return 0;
    const distinct = [...new Map(assets.map((asset) => [asset.key, asset])).values()];
    await this.views.record(by.id, distinct, now);
    return distinct.length;
  }

  /** One's own, the latest first. */
  async recent(of: Principal, most: number): Promise<readonly RecentView[]> {
    if (this.retentionDays === 0) return [];
    return this.views.recent(of.id, this.#oldest(this.clock.now()), most);
  }

  #oldest(now: Micros): Micros {
    return now - this.retentionDays * 24 * MICROS_PER_HOUR;
  }
}
