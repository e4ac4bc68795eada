const page = (description: string) => ({
  description,
  content: { 'text/html': { schema: { type: 'string' } } },
});

const on = (description: string) => ({
  description,
  headers: { Location: { description: 'A path of this server, or the provider.', schema: { type: 'string' } } },
});

const form = (properties: Readonly<Record<string, unknown>>, required: readonly string[]) => ({
  required: required.length > 0,
  content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', required, properties } } },
});

const text = { type: 'string' };
const query = (name: string, description: string) => ({ name, in: 'query', description, schema: text });
const next = query('next', 'The path to go to afterwards; anything but a path of this server is /.');
const tooOften = page('Too many wrong credentials from this address; Retry-After says when to try again.');
const foreign = page('A page of another site, or no page, sent the form.');

/** The pages of sign-in, for browsers: programs send `Authorization: Bearer <token>` with each request. */
export const SIGN_IN_PATHS = {
  '/auth/sign-in': {
    get: {
      operationId: 'showSignIn',
      summary: 'The page to sign in at; for somebody who is signed in, who they are.',
      parameters: [next],
      responses: { '200': page('The form.'), '303': on('Authentication is off.') },
    },
    post: {
      operationId: 'signIn',
      summary: 'Signs a browser in with a token.',
      requestBody: form({ token: text, next: text }, ['token']),
      responses: {
        '303': on('Signed in; the cookie holds an opaque session id.'),
        '401': page('The token is not good.'),
        '403': foreign,
        '429': tooOften,
      },
    },
  },
  '/auth/link': {
    get: {
      operationId: 'followLink',
      summary: 'Signs a browser in by the link that a start prints, once.',
      parameters: [{ ...query('code', 'Of the link.'), required: true }],
      responses: { '303': on('Signed in.'), '410': page('The link was used, or is too old.'), '429': tooOften },
    },
  },
  '/auth/oidc': {
    get: {
      operationId: 'beginOidc',
      summary: 'Sends the browser to the OpenID provider.',
      parameters: [next],
      responses: { '303': on('To the provider.'), '404': page('None is configured.'), '503': page('It is away.') },
    },
  },
  '/auth/oidc/callback': {
    get: {
      operationId: 'finishOidc',
      summary: 'Where the provider sends the browser back to.',
      parameters: ['code', 'state', 'iss', 'error'].map((name) => query(name, 'OpenID Connect Core §3.1.2.5.')),
      responses: {
        '303': on('Signed in.'),
        '401': page('It does not fit what this browser began, or the provider refused.'),
        '403': page('The person has no role here.'),
        '404': page('No provider is configured.'),
        '429': tooOften,
        '503': page('The provider is away.'),
      },
    },
  },
  '/auth/sign-out': {
    post: {
      operationId: 'signOut',
      summary: 'Ends the session of the browser.',
      requestBody: form({}, []),
      responses: { '303': on('To the page to sign in at.'), '403': foreign },
    },
  },
} as const;
