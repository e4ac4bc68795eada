import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './ide.css';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { Account } from './account.js';
import { exampleTabs } from './examples.js';

const endpoint = new URL('/graphql', window.location.href);
const socket = new URL(endpoint);
socket.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';

const fetcher = createGraphiQLFetcher({
  url: endpoint.href,
  wsClient: createClient({ url: socket.href, lazy: true }),
});

const root = document.getElementById('ide');
createRoot(root).render(
  createElement(
    GraphiQL,
    { fetcher, defaultTabs: exampleTabs, shouldPersistHeaders: false },
    createElement(
      GraphiQL.Logo,
      null,
      createElement(Account, { endpoint: endpoint.href }),
      createElement('strong', { className: 'product' }, 'Headwater'),
    ),
  ),
);
