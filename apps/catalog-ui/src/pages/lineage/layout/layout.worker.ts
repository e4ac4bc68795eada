import { layered, type LayoutOptions, type Link } from './layered.js';

export interface LayoutRequest {
  readonly id: number;
  readonly count: number;
  readonly links: readonly Link[];
  readonly options: LayoutOptions;
}

export interface LayoutReply {
  readonly id: number;
  readonly places: ReturnType<typeof layered>;
}

self.onmessage = ({ data: { id, count, links, options } }: MessageEvent<LayoutRequest>) => {
  self.postMessage({ id, places: layered(count, links, options) } satisfies LayoutReply);
};
