import 'i18next';
import type { general } from './messages/general.js';
import type { home } from './messages/home.js';
import type { lineage } from './messages/lineage.js';
import type { search } from './messages/search.js';
import type { shell } from './messages/shell.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'general';
    resources: {
      general: (typeof general)['en'];
      home: (typeof home)['en'];
      lineage: (typeof lineage)['en'];
      search: (typeof search)['en'];
      shell: (typeof shell)['en'];
    };
  }
}
