import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { HomePage } from './pages/home/home-page.js';
import { latePage } from './shell/late-page.js';
import { PageBoundary } from './shell/page-boundary.js';
import { SearchButton } from './shell/search-anywhere.js';
import { Shell } from './shell/shell.js';
import { PageLink } from './ui/link.js';
import { Empty, Page } from './ui/page.js';

const agents = latePage(() => import('./pages/agents/agents-page.js'));
const architecture = latePage(() => import('./pages/architecture/architecture-page.js'));
const flows = latePage(() => import('./pages/flows/flows-page.js'));
const glossary = latePage(() => import('./pages/glossary/glossary-page.js'));
const operations = latePage(() => import('./pages/operations/operations-page.js'));
const asset = latePage(() => import('./pages/asset/asset-page.js'));
const edits = latePage(() => import('./pages/edits/edits-page.js'));
const governance = latePage(() => import('./pages/governance/governance-page.js'));
const lineage = latePage(() => import('./pages/lineage/lineage-page.js'));
const logical = latePage(() => import('./pages/logical/logical-page.js'));
const ownershipRules = latePage(() => import('./pages/ownership-rules/rules-page.js'));
const logicalRules = latePage(() => import('./pages/rules/logical-rules-page.js'));
const tagRules = latePage(() => import('./pages/rules/tag-rules-page.js'));
const plan = latePage(() => import('./pages/plan/plan-page.js'));
const products = latePage(() => import('./pages/products/products-page.js'));
const properties = latePage(() => import('./pages/properties/properties-page.js'));
const saved = latePage(() => import('./pages/saved/saved-page.js'));
const search = latePage(() => import('./pages/search/search-page.js'));
const start = latePage(() => import('./pages/start/start-page.js'));
const suggestions = latePage(() => import('./pages/suggestions/suggestions-page.js'));
const tag = latePage(() => import('./pages/tag/tag-page.js'));

const LATE = {
  asset,
  edits,
  glossary,
  governance,
  'governance/agents': agents,
  'governance/architecture': architecture,
  'governance/flows': flows,
  'governance/logical-rules': logicalRules,
  'governance/tag-rules': tagRules,
  lineage,
  logical,
  operations,
  'ownership-rules': ownershipRules,
  plan,
  products,
  properties,
  saved,
  search,
  start,
  suggestions,
  tag,
};

/** Begins to load the page of a path, so that its code comes while the rest is drawn. */
export function preloadPage(path: string): void {
  const [, first = '', second] = path.split('/');
  const whole = `${first}/${second ?? ''}`;
  const wanted = Object.hasOwn(LATE, whole) ? whole : first;
  for (const [name, { preload }] of Object.entries(LATE)) if (name === wanted) preload();
}

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
        <Switch>
          <Route path="/" component={HomePage} />
          <Route path="/lineage" component={lineage.Page} />
          <Route path="/logical" component={logical.Page} />
          <Route path="/plan" component={plan.Page} />
          <Route path="/products" component={products.Page} />
          <Route path="/properties" component={properties.Page} />
          <Route path="/saved" component={saved.Page} />
          <Route path="/search" component={search.Page} />
          <Route path="/start" component={start.Page} />
          <Route path="/operations/:page?" component={operations.Page} />
          <Route path="/asset" component={asset.Page} />
          <Route path="/governance/agents" component={agents.Page} />
          <Route path="/governance/architecture" component={architecture.Page} />
          <Route path="/governance/flows" component={flows.Page} />
          <Route path="/governance/logical-rules" component={logicalRules.Page} />
          <Route path="/governance/tag-rules" component={tagRules.Page} />
          <Route path="/governance" component={governance.Page} />
          <Route path="/ownership-rules" component={ownershipRules.Page} />
          <Route path="/edits" component={edits.Page} />
          <Route path="/glossary" component={glossary.Page} />
          <Route path="/suggestions" component={suggestions.Page} />
          <Route path="/tag" component={tag.Page} />
          <Route component={NotFound} />
        </Switch>
      </PageBoundary>
    </Shell>
  );
}
