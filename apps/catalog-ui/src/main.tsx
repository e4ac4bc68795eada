import '@mantine/core/styles.css';
import '@mantine/spotlight/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { App } from './app.js';
import { createGraphqlClient } from './graphql/client.js';
import { ViewerProvider } from './graphql/viewer.js';
import { startI18n } from './i18n/i18n.js';
import { theme } from './theme.js';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root');
await startI18n();
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Provider value={createGraphqlClient()}>
        <ViewerProvider>
          <App />
        </ViewerProvider>
      </Provider>
    </MantineProvider>
  </StrictMode>,
);
