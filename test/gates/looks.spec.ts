import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { differenceOf, lookFault } from '../support/looks.js';

let folder: string;
beforeEach(async () => {
  vi.stubEnv('UPDATE_LOOKS', '');
  folder = await mkdtemp(path.join(tmpdir(), 'headwater-looks-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** A white page with a dark bar, as a heading is one, so far from its top. */
function page(topPx: number, { noise = 0, height = 400 } = {}): Buffer {
  const png = new PNG({ width: 640, height });
  for (let at = 0; at < png.data.length; at += 4) {
    const [x, y] = [(at / 4) % png.width, Math.floor(at / 4 / png.width)];
    const isBar = x >= 40 && x < 240 && y >= topPx && y < topPx + 24;
    const value = (isBar ? 40 : 240) + ((x + y) % 2 === 0 ? noise : 0);
    png.data.set([value, value, value, 255], at);
  }
  return PNG.sync.write(png);
}

async function keep(name: string, picture: Buffer): Promise<void> {
  vi.stubEnv('UPDATE_LOOKS', '1');
  expect(await lookFault(name, picture, folder)).toBeNull();
  vi.stubEnv('UPDATE_LOOKS', '');
}

test('a picture that nobody has kept fails and says how to keep it', async () => {
  expect(await lookFault('start', page(40), folder)).toContain('UPDATE_LOOKS=1 keeps this one');
});

test('the picture that was kept passes, also drawn a little differently', async () => {
  await keep('start', page(40));
  expect(await lookFault('start', page(40), folder)).toBeNull();
  expect(await lookFault('start', page(40, { noise: 6 }), folder)).toBeNull();
});

test('a bar that moved by 8 pixels fails, and the failure names a folder with what is and what differs', async () => {
  await keep('start', page(40));
  const fault = (await lookFault('start', page(48), folder)) ?? '';
  const out = /see (\S+)/.exec(fault)?.[1] ?? '';
  try {
    expect((await readdir(out)).sort()).toEqual(['actual.png', 'diff.png']);
    expect(await readFile(path.join(out, 'actual.png'))).toEqual(page(48));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});

test('pictures of two sizes are never the same', () => {
  expect(() => differenceOf(page(40), page(40, { height: 404 }))).toThrow('different sizes');
});
