import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { HomePage } from './pages/home/home-page.js';
import { PageBoundary } from './shell/page-boundary.js';
import { SearchButton } from './shell/search-anywhere.js';
import { Shell } from './shell/shell.js';
import { PageLink } from './ui/link.js';
import { Empty, Page } from './ui/page.js';
import { Loading } from './ui/problem.js';

const OperationsPage = lazy(() => import('./pages/operations/operations-page.js'));
const AssetPage = lazy(() => import('./pages/asset/asset-page.js'));
const LineagePage = lazy(() => import('./pages/lineage/lineage-page.js'));
const SearchPage = lazy(() => import('./pages/search/search-page.js'));
const StartPage = lazy(() => import('./pages/start/start-page.js'));

function NotFound() {
  const { t } = useTranslation('shell');
  const [path] = useLocation();
  return (
    <Page title={t('notFoundTitle')}>
      <Empty>
        <p className="hw-name">{t('notFound', { path })}</p>
        <SearchButton />
        <p>
          <PageLink to="/">{t('backHome')}</PageLink>
        </p>
      </Empty>
    </Page>
  );
}

/** Every page by its path; those beside the home page are loaded when they are first opened. */
export function App() {
  const [location] = useLocation();
  return (
    <Shell>
      <PageBoundary location={location}>
        <Suspense fallback={<Loading lines={6} />}>
          <Switch>
            <Route path="/" component={HomePage} />
            <Route path="/lineage" component={LineagePage} />
            <Route path="/search" component={SearchPage} />
            <Route path="/start" component={StartPage} />
            <Route path="/operations/:page?" component={OperationsPage} />
            <Route path="/asset" component={AssetPage} />
            <Route component={NotFound} />
          </Switch>
        </Suspense>
      </PageBoundary>
    </Shell>
  );
}
