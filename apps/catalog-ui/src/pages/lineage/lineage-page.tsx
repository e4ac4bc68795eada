import './lineage.css';
import { addMessages } from '../../i18n/i18n.js';
import { lineage as messages } from '../../i18n/messages/lineage.js';
import { Explorer } from './explorer.js';
import { PickRoot } from './pick-root.js';
import { useView } from './use-view.js';

addMessages('lineage', messages);

/** Where data comes from and what depends on it, around one node; without one, a search for it. */
export default function LineagePage() {
  const { view, change } = useView();
  return view.root === '' ? <PickRoot /> : <Explorer key={view.root} view={view} change={change} />;
}
