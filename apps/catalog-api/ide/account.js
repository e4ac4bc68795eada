import { createElement, useEffect, useState } from 'react';

/** Who the browser is signed in as; null where nobody has to be, and while that is not known. */
async function askViewer(endpoint) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { kind name } }' }),
  });
  const viewer = (await answer.json()).data?.viewer ?? null;
  return viewer?.kind === 'LOCAL' ? null : viewer;
}

/** The name of whoever is signed in, with a form that signs out: a form of this page, as its cookie asks for. */
export function Account({ endpoint }) {
  const [viewer, setViewer] = useState(null);
  useEffect(() => {
    askViewer(endpoint).then(setViewer, () => undefined);
  }, [endpoint]);
  if (viewer === null) return null;
  return createElement(
    'form',
    { className: 'account', method: 'post', action: '/auth/sign-out' },
    createElement('span', { className: 'account-name', title: viewer.name }, viewer.name),
    createElement('button', { type: 'submit' }, 'Sign out'),
  );
}
