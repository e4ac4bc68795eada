import { expect, test } from 'vitest';
import { checkSettings } from '../../scripts/checks/settings.mjs';
import { settingsPage } from '../../scripts/print-settings.mjs';
import { plantTree } from './planted-tree.js';

const port = { name: 'PORT', group: 'http', default: '4000', secret: false, description: 'Port of the API.' };
const password = { name: 'NEO4J_PASSWORD', group: 'neo4j', default: null, secret: true, description: 'A | B.' };

test('a page that lists every setting passes', async () => {
  const tree = plantTree({ 'docker/settings.md': settingsPage([port, password]) });
  expect((await checkSettings(tree.root, [port, password])).problems).toEqual([]);
});

test('a setting that the page lacks is named', async () => {
  const tree = plantTree({ 'docker/settings.md': settingsPage([port]) });
  const { problems } = await checkSettings(tree.root, [port, password]);
  expect(problems[0]).toBe('NEO4J_PASSWORD is not in docker/settings.md');
});

test('a changed default is a difference', async () => {
  const tree = plantTree({ 'docker/settings.md': settingsPage([port]) });
  const { problems } = await checkSettings(tree.root, [{ ...port, default: '4001' }]);
  expect(problems).toHaveLength(1);
});

test('a compose file that sets what the app does not read is refused', async () => {
  const tree = plantTree({
    'docker/settings.md': settingsPage([port]),
    'docker/compose.yaml': 'services:\n  app:\n    build: .\n    environment:\n      PROT: 4000\n',
  });
  expect((await checkSettings(tree.root, [port])).problems).toEqual([
    'docker/compose.yaml: app: there is no setting PROT',
  ]);
});
