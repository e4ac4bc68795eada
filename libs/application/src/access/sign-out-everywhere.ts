import { isPlainText, type Asker } from './access-parts.js';
import { lacking } from './lacking.js';
import type { Sessions } from './sessions.js';

/** Ends every browser session of somebody: one's own, or as admin anybody's. */
export class SignOutEverywhere {
  constructor(private readonly sessions: Pick<Sessions, 'endAll'>) {}

  /** `user`: as principals are named. Throws FORBIDDEN for somebody else's sessions without the scope `admin`. */
  async execute({ principal, address }: Asker, user: string): Promise<{ user: string; sessions: number }> {
    if (user !== principal.id && !principal.may('admin')) {
      throw lacking(principal, 'Only admins end the sessions of others');
    }
    // Nobody is called so, and no store takes it.
    if (!isPlainText(user)) return { user, sessions: 0 };
    return { user, sessions: await this.sessions.endAll(user, principal.id, address) };
  }
}
