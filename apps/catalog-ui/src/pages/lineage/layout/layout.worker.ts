import { layered, type Layout, type LayoutOptions, type Link } from './layered.js';

export interface LayoutRequest {
  readonly id: number;
  readonly count: number;
  readonly links: readonly Link[];
  readonly options: LayoutOptions;
}

export interface LayoutReply extends Layout {
  readonly id: number;
}

self.onmessage = ({ data: { id, count, links, options } }: MessageEvent<LayoutRequest>) => {
  self.postMessage({ id, ...layered(count, links, options) } satisfies LayoutReply);
};
