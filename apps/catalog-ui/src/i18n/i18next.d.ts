import 'i18next';
import type { access } from './messages/access.js';
import type { administration } from './messages/administration.js';
import type { agent } from './messages/agent.js';
import type { audit } from './messages/audit.js';
import type { define } from './messages/define.js';
import type { edits } from './messages/edits.js';
import type { events } from './messages/events.js';
import type { findingCodes } from './messages/finding-codes.js';
import type { general } from './messages/general.js';
import type { governance } from './messages/governance.js';
import type { home } from './messages/home.js';
import type { members } from './messages/members.js';
import type { operations } from './messages/operations.js';
import type { ownershipRules } from './messages/ownership-rules.js';
import type { asset } from './messages/asset.js';
import type { products } from './messages/products.js';
import type { properties } from './messages/properties.js';
import type { quality } from './messages/quality.js';
import type { lineage } from './messages/lineage.js';
import type { plan } from './messages/plan.js';
import type { search } from './messages/search.js';
import type { shell } from './messages/shell.js';
import type { start } from './messages/start.js';
import type { glossary } from './messages/glossary.js';
import type { suggestions } from './messages/suggestions.js';
import type { tag } from './messages/tag.js';
import type { tokens } from './messages/tokens.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'general';
    resources: {
      access: (typeof access)['en'];
      administration: (typeof administration)['en'];
      agent: (typeof agent)['en'];
      audit: (typeof audit)['en'];
      define: (typeof define)['en'];
      edits: (typeof edits)['en'];
      events: (typeof events)['en'];
      findingCodes: (typeof findingCodes)['en'];
      general: (typeof general)['en'];
      governance: (typeof governance)['en'];
      home: (typeof home)['en'];
      members: (typeof members)['en'];
      operations: (typeof operations)['en'];
      ownershipRules: (typeof ownershipRules)['en'];
      asset: (typeof asset)['en'];
      products: (typeof products)['en'];
      properties: (typeof properties)['en'];
      quality: (typeof quality)['en'];
      lineage: (typeof lineage)['en'];
      plan: (typeof plan)['en'];
      search: (typeof search)['en'];
      shell: (typeof shell)['en'];
      start: (typeof start)['en'];
      glossary: (typeof glossary)['en'];
      suggestions: (typeof suggestions)['en'];
      tag: (typeof tag)['en'];
      tokens: (typeof tokens)['en'];
    };
  }
}
