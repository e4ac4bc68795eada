import 'i18next';
import type { asset } from './messages/asset.js';
import type { general } from './messages/general.js';
import type { home } from './messages/home.js';
import type { quality } from './messages/quality.js';
import type { search } from './messages/search.js';
import type { shell } from './messages/shell.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'general';
    resources: {
      asset: (typeof asset)['en'];
      general: (typeof general)['en'];
      home: (typeof home)['en'];
      quality: (typeof quality)['en'];
      search: (typeof search)['en'];
      shell: (typeof shell)['en'];
    };
  }
}
