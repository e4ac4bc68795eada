const page = (operationId: string, summary: string, parameters: readonly unknown[] = []) => ({
  get: {
    operationId,
    summary,
    parameters,
    responses: {
      '200': { description: 'The page.' },
      '303': { description: 'A browser that is not signed in is sent to where it can.' },
      '401': { description: 'Nobody known, and no browser.' },
      '429': { description: 'Too many requests, or too many wrong credentials.' },
    },
  },
});

const named = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

/** The catalog's pages for browsers. */
export const UI_PATHS = {
  '/': page('showHome', 'The catalog for browsers.'),
  '/search': page('showSearch', 'Its search; the query string holds what is looked for.'),
  '/saved': page('showSaved', 'Saved searches, and what is new of those that one follows.'),
  '/asset': page('showAsset', 'One asset; `id` is its NodeId.'),
  '/lineage': page('showLineage', 'The lineage explorer; `root` is a NodeId.'),
  '/plan': page('showPlan', 'How fields are collected; each `target` is the NodeId of one.'),
  '/glossary': page('showGlossary', 'What words mean: terms below their wider ones; `q` finds some.'),
  '/ownership-rules': page('showOwnershipRules', 'The rules that assign owners, and what others would change.'),
  '/products': page('showProducts', 'Data products; `q`, `domain` and `status` narrow them down.'),
  '/properties': page('showProperties', 'Properties that are declared for assets, and how many assets have them.'),
  '/logical': page('showLogicalDatasets', 'Logical datasets; `q` finds some by name, key or description.'),
  '/suggestions': page(
    'showSuggestions',
    'Tags and synonyms that are suggested, to confirm or dismiss; `tag` narrows them down.',
  ),
  '/tag': page('showTag', 'Everything that has a tag; `name` is the tag.'),
  '/edits': page('showEdits', 'Edits of many assets; `job` is one of them, `search` begins others.'),
  '/governance': page('showGovernance', 'How much of the catalog is owned and classified, by domain.'),
  '/governance/agents': page('showAgents', 'People, teams and services that were entered; `q` finds some.'),
  '/governance/architecture': page(
    'showArchitecture',
    'Reads past the ports of domains or up their layers; `domain` and `kind` narrow them down.',
  ),
  '/governance/flows': page('showFlows', 'A map of where data with a `tag` flows, `by` domain or namespace.'),
  '/governance/logical-rules': page(
    'showLogicalRules',
    'The rules that group datasets into logical ones, and what others would make.',
  ),
  '/governance/tag-rules': page('showTagRules', 'The rules how tags go along lineage.'),
  '/start': page('showStart', 'How to send a first event.'),
  '/operations': page('showOperations', 'Ingest, events, tokens, members and audit.'),
  '/operations/{page}': page('showOperationsPage', 'One page of these.', [named('page')]),
  '/ui/{file}': {
    get: {
      operationId: 'readUiFile',
      summary: 'A file of the catalog’s pages.',
      parameters: [named('file')],
      responses: { '200': { description: 'The file.' }, '404': { description: 'There is no such file.' } },
    },
  },
};
