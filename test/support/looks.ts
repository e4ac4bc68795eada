import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import type { BrowserContext, Page } from 'playwright-core';
import { PNG } from 'pngjs';

const FOLDER = fileURLToPath(new URL('../browser/looks/', import.meta.url));
/** Glyphs are drawn a little differently from one build of Chromium to the next; blocks of this edge are averaged first. */
const BLOCK = 4;
/** How far an averaged block may be off to count as equal (pixelmatch: 0 to 1). */
const THRESHOLD = 0.04;
/** Differences are counted in windows of this edge, in blocks, so that a small thing on a large page is found. */
const WINDOW = 16;
/** The share of a window that may differ: more than two runs of one build do, less than what a heading does that moved. */
export const TOLERANCE = 0.04;

/** What differs from run to run though nothing has changed, and what stands in its place on the pictures. */
const VARYING: readonly { readonly what: RegExp; readonly shown: string; readonly why: string }[] = [
  { what: /127\.0\.0\.1:\d+/g, shown: '127.0.0.1:4000', why: 'the port that was free' },
  { what: /\b[0-9a-f]{12}\.\d+\b/g, shown: '000000000000.0', why: 'positions begin with the id of the log' },
  {
    what: /\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
    shown: '00000000-0000-4000-8000-000000000000',
    why: 'run ids that the page makes up for a snippet',
  },
];

const font = (file: string): string => readFileSync(path.join(FOLDER, 'fonts', `${file}.woff2`)).toString('base64');
const face = (family: string, file: string, weight: string): string =>
  `@font-face { font-family: ${family}; font-weight: ${weight}; src: url(data:font/woff2;base64,${font(file)}); }`;

/** Text falls back to whatever a machine has; pictures are compared in fonts of their own, whose widths are the same everywhere. */
const STYLE = [
  face('Looks', 'regular', '100 549'),
  face('Looks', 'bold', '550 900'),
  face('LooksMono', 'mono', '100 900'),
  ':root { --mantine-font-family: Looks !important; --mantine-font-family-headings: Looks !important;',
  '--mantine-font-family-monospace: LooksMono !important; }',
  'body { font-family: Looks !important; } code { font-family: LooksMono !important; }',
].join('\n');

/** Makes the pages of a context look the same on every machine, at a moment that stands still. Needs `bypassCSP`. */
export async function steady(context: BrowserContext, now: Date): Promise<void> {
  await context.clock.setFixedTime(now);
  await context.addInitScript(`addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style');
    style.textContent = ${JSON.stringify(STYLE)};
    document.head.append(style);
  })`);
}

/** A picture of what is in the window, once it stands still, without what varies. */
export async function pictureOf(page: Page): Promise<Buffer> {
  await page.evaluate('document.fonts.ready');
  const rules = VARYING.map(({ what, shown }) => [what.source, shown]);
  let before: Buffer | undefined;
  for (let tries = 0; tries < 20; tries += 1) {
    // Moments behind the clock of the page are when events were received, which is when the test ran.
    await page.evaluate(`{
      for (const time of document.querySelectorAll('time')) {
        if (Date.parse(time.dateTime) > Date.now()) time.textContent = 'received';
      }
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        for (const [what, shown] of ${JSON.stringify(rules)}) {
          const steady = text.data.replace(new RegExp(what, 'g'), shown);
          if (steady !== text.data) text.data = steady;
        }
      }
    }`);
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    if (before?.equals(picture) === true) return picture;
    before = picture;
  }
  throw new Error(`${page.url()} does not stand still`);
}

export interface Difference {
  /** The largest share of a window that differs. */
  readonly share: number;
  /** Where what differs is red. */
  readonly picture: Buffer;
}

/** How far two pictures of one size are apart. Throws for pictures of two sizes. */
export function differenceOf(expected: Buffer, actual: Buffer): Difference {
  const [one, other] = [shrunk(PNG.sync.read(expected)), shrunk(PNG.sync.read(actual))];
  if (one.width !== other.width || one.height !== other.height) throw new Error('the pictures have different sizes');
  const diff = new PNG({ width: one.width, height: one.height });
  const options = { threshold: THRESHOLD, includeAA: true, windowSize: WINDOW };
  const count = pixelmatch(one.data, other.data, diff.data, one.width, one.height, options);
  return { share: count / WINDOW ** 2, picture: PNG.sync.write(diff) };
}

/**
 * Why a picture is not the one kept under this name; null where it is. Writes what it is and where it differs to a
 * temporary folder that the answer names. With UPDATE_LOOKS=1 the picture is kept instead.
 */
export async function lookFault(name: string, picture: Buffer, folder = FOLDER): Promise<string | null> {
  const kept = path.join(folder, `${name}.png`);
  if (process.env['UPDATE_LOOKS'] === '1') {
    await mkdir(folder, { recursive: true });
    await writeFile(kept, PNG.sync.write(PNG.sync.read(picture), { deflateLevel: 9, colorType: 2 }));
    return null;
  }
  if (!existsSync(kept)) return `${name}: no picture is kept; UPDATE_LOOKS=1 keeps this one`;
  const { share, picture: diff } = differenceOf(await readFile(kept), picture);
  if (share <= TOLERANCE) return null;
  const out = await mkdtemp(path.join(tmpdir(), `headwater-look-${name}-`));
  await Promise.all([writeFile(path.join(out, 'actual.png'), picture), writeFile(path.join(out, 'diff.png'), diff)]);
  return `${name}: ${(share * 100).toFixed(1)} % of a window differ, see ${out} (UPDATE_LOOKS=1 keeps the new picture)`;
}

/** Blocks of pixels averaged to one. */
function shrunk({ width, height, data }: PNG): PNG {
  const small = new PNG({ width: Math.floor(width / BLOCK), height: Math.floor(height / BLOCK) });
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      for (let channel = 0; channel < 4; channel += 1) {
        let sum = 0;
        for (let dy = 0; dy < BLOCK; dy += 1) {
          for (let dx = 0; dx < BLOCK; dx += 1) {
            sum += data[((y * BLOCK + dy) * width + x * BLOCK + dx) * 4 + channel] ?? 0;
          }
        }
        small.data[(y * small.width + x) * 4 + channel] = Math.round(sum / BLOCK ** 2);
      }
    }
  }
  return small;
}
