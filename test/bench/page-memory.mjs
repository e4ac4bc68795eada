/** Client-side links of one round, each with what tells that its page is there. */
const round = [
  { name: 'Search', heading: /Search/ },
  { name: null, heading: /./ },
  { name: 'Lineage', heading: /^Lineage$/ },
  { name: null, heading: /Lineage of / },
  { name: 'Home', heading: /What do you want to know/ },
];

/**
 * The bytes of a heap by what they are for, from a snapshot: code is compiled and thrown away as V8 sees fit, whatever a
 * page does; what a page forgets to let go is objects, strings and arrays.
 * @param {import('playwright-core').CDPSession} session
 * @returns {Promise<{ code: number, objects: number }>} MB
 */
async function heapOf(session) {
  /** @type {string[]} */
  const chunks = [];
  const take = (/** @type {{ chunk: string }} */ { chunk }) => void chunks.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes } = JSON.parse(chunks.join(''));
  /** @type {string[]} */
  const fields = snapshot.meta.node_fields;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const code = snapshot.meta.node_types[type].indexOf('code');
  if (type < 0 || size < 0 || code < 0) throw new Error('this Chromium writes its heap snapshots in another way');
  const bytes = { code: 0, objects: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    bytes[nodes[at + type] === code ? 'code' : 'objects'] += nodes[at + size];
  }
  return { code: bytes.code / 1e6, objects: bytes.objects / 1e6 };
}

/**
 * What a page holds once all that can be collected has been.
 * @param {import('playwright-core').CDPSession} session
 * @returns {Promise<{ code: number, objects: number, nodes: number, listeners: number }>} MB, elements and texts in and out of the document, listeners
 */
async function held(session) {
  // Once for what is unreachable, once for what its finalizers let go.
  for (let turn = 0; turn < 2; turn += 1) await session.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { ...(await heapOf(session)), nodes, listeners: jsEventListeners };
}

/**
 * Goes from page to page by links, without a load of the document, and looks at the memory at the end of some rounds.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {readonly number[]} looks after so many navigations; multiples of a round
 */
export async function memoryOverNavigations(page, url, looks) {
  const session = await page.context().newCDPSession(page);
  await page.goto(url, { waitUntil: 'networkidle' });
  const links = page.getByRole('navigation').first();
  const found = [];
  let done = 0;
  for (const look of looks) {
    for (; done < look; done += 1) {
      const step = round[done % round.length] ?? { name: 'Home', heading: /./ };
      const before = page.url();
      if (step.name === null) await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
      else await links.getByRole('link', { name: step.name, exact: true }).click();
      await page.waitForURL((address) => address.href !== before);
      await page.getByRole('heading', { level: 1, name: step.heading }).waitFor();
      if (step.heading.source.includes('of')) await page.locator('[data-node]').first().waitFor();
    }
    await page.waitForLoadState('networkidle');
    found.push(await held(session));
  }
  return found;
}
