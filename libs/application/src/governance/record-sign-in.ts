import { createHash } from 'node:crypto';
import type { SessionUser } from '@headwater/domain/access/access-store';
import { agentsEditBytes } from '@headwater/domain/governance/agents/agents-edit';
import { agentId } from '@headwater/domain/identifiers';
import { subjectOfUser } from '../access/principals.js';
import type { EditPorts } from './record-edit.js';

/** Lets the catalog know that who signed in under a subject is who is called by a verified address. */
export class RecordSignIn {
  constructor(private readonly ports: Pick<EditPorts, 'log' | 'clock'>) {}

  /** The same person with the same address is one event of the log, however often they sign in. */
  async execute({ id, name, email }: Pick<SessionUser, 'id' | 'name' | 'email'>): Promise<void> {
    const subject = subjectOfUser(id);
    if (subject === '') return;
    const said = createHash('sha256')
      .update(JSON.stringify(['sign-in', id, name, email]))
      .digest('hex');
    const bytes = agentsEditBytes({
      ...{ id: said.slice(0, 32), by: { id, name }, reason: null, expected: null },
      ...{ node: agentId('user', subject), action: 'SIGN_IN', email, subject },
    });
    await this.ports.log.append([{ kind: 'EDIT', bytes, receivedAt: this.ports.clock.now() }]);
  }
}
