import type { IncomingHttpHeaders } from 'node:http';
import type { Judgement } from '@headwater/application/access/authenticate-token';
import type { RefusalReason } from '@headwater/domain/access/access-event';
import type { Principal } from '@headwater/domain/access/principal';
import { Strategy } from 'passport-strategy';
import { sessionCookieOf } from './session-cookie.js';

/** What Passport's strategies see of a request: headers only, so that tokens in URLs and forms are never taken. */
export interface StrategyRequest {
  readonly headers: IncomingHttpHeaders;
  /** Set by a strategy that refuses. */
  judgement?: Extract<Judgement, { refused: RefusalReason }>;
}

type Verify = (
  request: StrategyRequest,
  value: string,
  done: (error: unknown, principal?: Principal | false) => void,
) => void;

/** A Passport strategy over the session's cookie: an opaque id of a session that the server keeps. */
export class CookieStrategy extends Strategy {
  readonly name = 'cookie';

  constructor(private readonly verify: Verify) {
    super();
  }

  override authenticate(request: unknown): void {
    const given = request as StrategyRequest;
    const value = sessionCookieOf(given.headers);
    if (value === undefined) {
      this.fail(401);
      return;
    }
    this.verify(given, value, (error, principal) => {
      if (error !== null && error !== undefined) this.error(error instanceof Error ? error : new Error('not judged'));
      else if (principal === undefined || principal === false) this.fail(401);
      else this.success(principal);
    });
  }
}
