import type { IncomingHttpHeaders } from 'node:http';
import type { Judgement } from '@headwater/application/access/authenticate-token';
import type { RefusalReason } from '@headwater/domain/access/access-event';
import type { Principal } from '@headwater/domain/access/principal';
import { looksLikeToken } from '@headwater/domain/access/access-token';
import { Passport } from 'passport';
import { Strategy as BearerStrategy } from 'passport-http-bearer';
import { CookieStrategy, type StrategyRequest } from './cookie-strategy.js';
import { sessionCookieOf } from './session-cookie.js';

/** How each kind of credential is judged. */
export interface Judges {
  /** `hw_<id>_<secret>`. */
  token(text: string): Promise<Judgement>;
  /** Whose text it is, where a moment ago it was found right: most requests, and they are not to cost much. */
  recall(text: string): Principal | undefined;
  /** A JWT of the provider; undefined where none is configured. */
  readonly jwt: ((text: string) => Promise<Judgement>) | undefined;
  /** The value of the session's cookie. */
  session(value: string): Promise<Judgement>;
}

/** Who calls and how it was shown, or why nobody is known. */
export type Presented =
  | { readonly principal: Principal; readonly by: 'HEADER' | 'COOKIE' }
  | { readonly principal?: undefined; readonly refused: RefusalReason; readonly token: string | null };

const BEARER = 'Bearer ';

type Verified = (error: unknown, principal?: Principal | false) => void;

/** Passport's strategies for tokens, JWTs and sessions: `Authorization: Bearer` first, else the cookie. */
export class Authenticator {
  readonly #passport = new Passport();

  constructor(private readonly judges: Judges) {
    const verify = (request: unknown, text: string, done: Verified): void => {
      settle(this.#judgeBearer(text), request as StrategyRequest, done);
    };
    this.#passport.use('bearer', new BearerStrategy({ passReqToCallback: true }, verify as never));
    this.#passport.use(
      'cookie',
      new CookieStrategy((request, value, done) => {
        settle(judges.session(value), request, done);
      }),
    );
  }

  /** Whether judging these credentials costs next to nothing, so that floods of wrong ones need no further defence. */
  isCheap(headers: IncomingHttpHeaders): boolean {
    const bearer = bearerOf(headers);
    return bearer === undefined ? sessionCookieOf(headers) === undefined : looksLikeToken(bearer);
  }

  /** Throws UNAVAILABLE while tokens, sessions or the provider's keys cannot be read. */
  judge(headers: IncomingHttpHeaders): Promise<Presented> {
    const by = headers.authorization === undefined ? 'COOKIE' : 'HEADER';
    const known = this.#recall(headers);
    if (known !== undefined) return Promise.resolve({ principal: known, by });
    const strategy = by === 'HEADER' ? 'bearer' : 'cookie';
    const request: StrategyRequest = { headers };
    return new Promise((resolve, reject) => {
      const decide = (error: unknown, principal?: Principal | false | null): void => {
        if (error !== null && error !== undefined) reject(error instanceof Error ? error : new Error('not judged'));
        else if (principal) resolve({ principal, by });
        else resolve(request.judgement ?? { refused: 'NO_CREDENTIALS', token: null });
      };
      const handler = this.#passport.authenticate(strategy, { session: false }, decide) as Middleware;
      handler(request, {}, reject);
    });
  }

  #recall({ authorization }: IncomingHttpHeaders): Principal | undefined {
    if (authorization?.startsWith(BEARER) !== true) return undefined;
    return this.judges.recall(authorization.slice(BEARER.length));
  }

  #judgeBearer(text: string): Promise<Judgement> {
    if (looksLikeToken(text) || this.judges.jwt === undefined) return this.judges.token(text);
    return this.judges.jwt(text);
  }
}

type Middleware = (request: unknown, response: unknown, next: (error: unknown) => void) => void;

function settle(judgement: Promise<Judgement>, request: StrategyRequest, done: Verified): void {
  judgement.then(
    (judged) => {
      if ('principal' in judged) done(null, judged.principal);
      else {
        request.judgement = judged;
        done(null, false);
      }
    },
    (error: unknown) => {
      done(error);
    },
  );
}

function bearerOf({ authorization }: IncomingHttpHeaders): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}
