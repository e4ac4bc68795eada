import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { TimedPageOf20 } from './time-args.js';
import { ExpectingInput, RequestInput } from './edit-args.js';

const NAME = 'What people call it, in 1 to 200 characters.';
const E_MAIL = 'Its address: agents of one address are one, whatever case it is in.';
const SUBJECT = 'The subject under which it signs in: agents of one subject are one.';
const MEMBERS = 'Of a team who is in it, by id, at most 500; each has been entered.';

@InputType({ description: 'A person, a team or a service to be entered.' })
export class CreateAgentInput extends RequestInput {
  @Field(() => ID, {
    description: 'The id that it is named by: `agent:user:<name>`, `agent:team:<name>`, `agent:service:<name>`.',
  })
  agent!: string;

  @Field({ description: NAME })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Who or what it is, in Markdown.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: E_MAIL })
  email?: string | null;

  @Field(() => String, { nullable: true, description: SUBJECT })
  subject?: string | null;

  @Field(() => [ID], { description: MEMBERS, defaultValue: [] })
  members!: string[];
}

@InputType({ isAbstract: true })
abstract class AgentInput extends ExpectingInput {
  @Field(() => ID, { description: 'The agent, by the id that it was entered under.' })
  agent!: string;
}

@InputType({ description: 'What becomes other about an entered agent; what is absent stays as it is.' })
export class ChangeAgentInput extends AgentInput {
  @Field(() => String, { nullable: true, description: NAME })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Who or what it is, in Markdown; null takes it away.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: `${E_MAIL} Null takes it away.` })
  email?: string | null;

  @Field(() => String, { nullable: true, description: `${SUBJECT} Null takes it away.` })
  subject?: string | null;

  @Field(() => [ID], { nullable: true, description: `${MEMBERS} They take the place of those before.` })
  members?: string[] | null;
}

@InputType({ description: 'What was entered of an agent is to be no more; what names it stays.' })
export class RemoveAgentInput extends AgentInput {}

@InputType({ description: 'Two ids that are one agent.' })
export class MergeAgentsInput extends RequestInput {
  @Field(() => ID, { description: 'One of them.' })
  agent!: string;

  @Field(() => ID, { description: 'The other.' })
  with!: string;
}

@InputType({ description: 'An id that is not of the agent that it is taken for.' })
export class SplitAgentInput extends RequestInput {
  @Field(() => ID, { description: 'The id to take out of the agent.' })
  agent!: string;
}

@ArgsType()
export class AgentListArgs extends TimedPageOf20 {
  @Field(() => String, {
    nullable: true,
    description: 'What the name, the id or the address has somewhere; none: any.',
  })
  text?: string | null;
}
