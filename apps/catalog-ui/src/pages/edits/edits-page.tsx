import { useTranslation } from 'react-i18next';
import { Restricted } from '../../access/restricted.js';
import { addMessages } from '../../i18n/i18n.js';
import { define } from '../../i18n/messages/define.js';
import { edits as messages } from '../../i18n/messages/edits.js';
import { useUrlState } from '../../lib/url-state.js';
import { Page } from '../../ui/page.js';
import { useMay } from '../../graphql/viewer.js';
import { EditResults } from './edit-results.js';
import { ImportFile } from './import-file.js';
import { HandOver } from './hand-over.js';
import { JobList } from './job-list.js';
import { JobView } from './job-view.js';

addMessages('edits', messages);
// Terms are chosen as where definitions are made.
addMessages('define', define);

/** Edits of many assets: of what a search finds (`search`), of what somebody answers for (`from`), of what a file says (`import`), one job (`job`), or all. */
export default function EditsPage() {
  const { t } = useTranslation('edits');
  const mayEdit = useMay('CATALOG_EDIT');
  const [parameters] = useUrlState();
  if (!mayEdit)
    return (
      <Page title={t('title')}>
        <Restricted to={['CATALOG_EDIT']}>{null}</Restricted>
      </Page>
    );
  const job = parameters.get('job');
  const from = parameters.get('from');
  if (job !== null) return <JobView key={job} id={job} />;
  if (from !== null) return <HandOver key={from} from={from} />;
  if (parameters.get('import') !== null) return <ImportFile />;
  return parameters.get('search') === null ? <JobList /> : <EditResults />;
}
