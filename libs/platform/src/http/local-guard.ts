import type { RefusalReason } from '@headwater/domain/access/access-event';
import { HeadwaterError } from '@headwater/domain/errors';
import { isLoopback } from '../access-settings.js';

/** What the guard looks at of a request. */
export interface GuardedHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}

export interface LocalGuardOptions {
  /** HOST: what the server listens on. */
  readonly host: string;
  /** HEADWATER_ALLOWED_HOSTS, in lower case. */
  readonly allowedHosts: readonly string[];
  /** HEADWATER_PUBLIC_URL: where browsers reach the server, maybe through a proxy that names another host to it. */
  readonly publicUrl: string | null;
}

/** Why a request is none for this server. */
export type ForeignReason = Extract<RefusalReason, 'FOREIGN_HOST' | 'FOREIGN_ORIGIN'>;

const MESSAGES: Readonly<Record<ForeignReason, string>> = {
  FOREIGN_HOST:
    'This server does not answer under the host name of the request. Use localhost, or add the name to HEADWATER_ALLOWED_HOSTS.',
  FOREIGN_ORIGIN: 'Requests from pages of other sites are refused.',
};

/** The error that such a request is answered with. */
export function foreignRequest(reason: ForeignReason): HeadwaterError {
  return new HeadwaterError('FORBIDDEN', MESSAGES[reason], { reason });
}

/**
 * A check of the Host and Origin headers: why a request is refused, or undefined. Any other site could use the browser of a user to reach this
 * server, so a foreign Origin is refused always. A page whose name resolves to this machine (DNS rebinding) has no foreign
 * Origin, so Host must be a known name where the server listens on loopback, which such pages are made to reach, or where
 * known names are configured. Elsewhere any Host is answered: authentication is on there, and neither bearer tokens nor
 * `__Host-` cookies come along when a browser asks for this server under another name.
 */
export function localGuard(options: LocalGuardOptions): (headers: GuardedHeaders) => ForeignReason | undefined {
  const publicUrl = options.publicUrl === null ? undefined : new URL(options.publicUrl);
  const allowed = new Set([options.host.toLowerCase(), ...options.allowedHosts]);
  if (publicUrl !== undefined) allowed.add(nameOf(publicUrl));
  const answersAll = !isLoopback(options.host) && options.allowedHosts.length === 0;
  return (headers) => {
    const { host, origin } = headers;
    const name = hostName(host);
    if (name === undefined || !(answersAll || isLoopback(name) || allowed.has(name))) return 'FOREIGN_HOST';
    const isOurs = origin === undefined || origin === publicUrl?.origin || isSameHost(origin, host);
    return isOurs ? undefined : 'FOREIGN_ORIGIN';
  };
}

/** The name in a Host header, without port and brackets, in lower case. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:/@\s]+))(?::\d{1,5})?$/i.exec(header ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

function nameOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function isSameHost(origin: string, host: string | undefined): boolean {
  // `null`, the origin of files and sandboxed frames, is no URL and so is foreign.
  return URL.canParse(origin) && new URL(origin).host === new URL(`http://${host ?? ''}`).host;
}
