import '@mantine/core/styles.css';
import '@mantine/spotlight/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { App, preloadPage } from './app.js';
import { createGraphqlClient, createUnkeptClient } from './graphql/client.js';
import { UnkeptContext } from './graphql/unkept.js';
import { ViewerProvider } from './graphql/viewer.js';
import { startI18n } from './i18n/i18n.js';
import { theme } from './theme.js';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root');
await startI18n();
preloadPage(window.location.pathname);
const page = createRoot(root);
// As a transition it is drawn bit by bit, and what else comes in is not held up.
startTransition(() => {
  page.render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <Provider value={createGraphqlClient()}>
          <UnkeptContext value={createUnkeptClient()}>
            <ViewerProvider>
              <App />
            </ViewerProvider>
          </UnkeptContext>
        </Provider>
      </MantineProvider>
    </StrictMode>,
  );
});
