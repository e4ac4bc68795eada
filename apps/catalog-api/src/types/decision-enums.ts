import { enumOf } from './enum-of.js';

export type Automation = 'AUTOMATED' | 'HUMAN_IN_THE_LOOP' | 'HUMAN';
export type LegalBasis =
  'CONSENT' | 'CONTRACT' | 'LEGAL_OBLIGATION' | 'VITAL_INTERESTS' | 'PUBLIC_TASK' | 'LEGITIMATE_INTERESTS';

export const AutomationEnum = enumOf<Automation>('Automation', 'Who or what took a decision.', {
  AUTOMATED: 'A program alone.',
  HUMAN_IN_THE_LOOP: 'A program, and a human who could stop it.',
  HUMAN: 'A human.',
});

export const LegalBasisEnum = enumOf<LegalBasis>('LegalBasis', 'Lawfulness of processing: GDPR article 6 (1).', {
  CONSENT: '(a) The person has agreed.',
  CONTRACT: '(b) A contract with the person needs it.',
  LEGAL_OBLIGATION: '(c) The law asks for it.',
  VITAL_INTERESTS: '(d) It protects somebody’s life.',
  PUBLIC_TASK: '(e) A task in the public interest needs it.',
  LEGITIMATE_INTERESTS: '(f) Legitimate interests that outweigh those of the person.',
});
