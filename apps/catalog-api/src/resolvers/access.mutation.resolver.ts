import type { Asker } from '@headwater/application/access/access-parts';
import { bindingAgain, ChangeOnce, revokedAgain, tokenAgain } from '@headwater/application/access/change-once';
import { CreateToken } from '@headwater/application/access/create-token';
import { GrantRole } from '@headwater/application/access/grant-role';
import { isLack } from '@headwater/application/access/lacking';
import { RevokeToken } from '@headwater/application/access/revoke-token';
import { RotateToken } from '@headwater/application/access/rotate-token';
import { SignOutEverywhere } from '@headwater/application/access/sign-out-everywhere';
import { WithdrawRole } from '@headwater/application/access/withdraw-role';
import { HeadwaterError } from '@headwater/domain/errors';
import { MICROS_PER_MINUTE } from '@headwater/domain/time';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import {
  CreateTokenInput,
  GrantRoleInput,
  RevokeTokenInput,
  RotateTokenInput,
  SignOutEverywhereInput,
  WithdrawRoleInput,
} from '../arguments/access-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import {
  CreateTokenResult,
  GrantRoleResult,
  RevokeTokenResult,
  RotateTokenResult,
  SignOutResult,
  toCreatedToken,
  toRefusal,
  WithdrawRoleResult,
  type AccessRefusal,
  type CreatedToken,
  type RevokedToken,
  type SignedOut,
} from '../types/access-results.js';
import { toRoleBinding, type RoleBinding } from '../types/access.js';

/** Of tokens, bindings and sessions: a projection that lags keeps nobody from ending one. */
const READS_NOTHING = { reads: [] } as const;

/** Changes of who may do what. */
@Resolver()
export class AccessMutationResolver {
  constructor(
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
    private readonly once: ChangeOnce,
    private readonly create: CreateToken,
    private readonly rotate: RotateToken,
    private readonly revoke: RevokeToken,
    private readonly grant: GrantRole,
    private readonly withdraw: WithdrawRole,
    private readonly signOut: SignOutEverywhere,
  ) {}

  @Mutation(() => CreateTokenResult, { description: 'Makes an API token; the answer has its text, once.' })
  @Operation({ scope: 'admin', ...READS_NOTHING })
  createToken(
    @Args('input', { description: 'The token.' }) { name, owner, scopes, idempotencyKey, ...input }: CreateTokenInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<CreatedToken | AccessRefusal> {
    const { writes = null, reads = null, expiresAt = null } = input;
    const wanted = { name, owner, scopes, writes, reads, expiresAt };
    const asked = { key: idempotencyKey ?? null, change: 'createToken', input: wanted };
    const make = async (asker: Asker) => toCreatedToken(await this.create.execute(asker, wanted));
    return this.#do(context, (asker) => this.once.execute(asker, asked, make, tokenAgain));
  }

  @Mutation(() => RotateTokenResult, {
    description: 'Makes a token that stands in for another, with the same rights; both are good for the overlap.',
  })
  @Operation({ scope: 'admin', ...READS_NOTHING })
  rotateToken(
    @Args('input', { description: 'Which token, and the overlap.' })
    { id, overlapMinutes, idempotencyKey }: RotateTokenInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<CreatedToken | AccessRefusal> {
    const overlap = overlapMinutes * MICROS_PER_MINUTE;
    const asked = { key: idempotencyKey ?? null, change: 'rotateToken', input: [id, overlap] };
    const make = async (asker: Asker) => toCreatedToken(await this.rotate.execute(asker, id, overlap));
    return this.#do(context, (asker) => this.once.execute(asker, asked, make, tokenAgain));
  }

  @Mutation(() => RevokeTokenResult, {
    description: 'Ends a token, everywhere within seconds: also its open connections and the sessions begun with it.',
  })
  @Operation({ scope: 'admin', ...READS_NOTHING })
  revokeToken(
    @Args('input', { description: 'Which token.' }) { id, idempotencyKey }: RevokeTokenInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<RevokedToken | AccessRefusal> {
    const asked = { key: idempotencyKey ?? null, change: 'revokeToken', input: id };
    return this.#do(context, async (asker) => ({
      id,
      revokedAt: await this.once.execute(asker, asked, (one) => this.revoke.execute(one, id), revokedAgain),
    }));
  }

  @Mutation(() => GrantRoleResult, {
    description: 'Binds a role, everywhere, for some namespaces, or for what is in a domain.',
  })
  @Operation({ scope: 'admin' })
  grantRole(
    @Args('input', { description: 'The role, and for whom.' })
    { subject, role, namespaces, domain, idempotencyKey }: GrantRoleInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<RoleBinding | AccessRefusal> {
    const wanted = { subject, role, namespaces: namespaces ?? null };
    const place = domain ?? null;
    // A key may have been used before roles were bound by a domain.
    const input = place === null ? wanted : { ...wanted, domain: place };
    const asked = { key: idempotencyKey ?? null, change: 'grantRole', input };
    const make = (asker: Asker) => this.grant.execute(asker, { ...wanted, domain: place });
    return this.#do(context, async (asker) => toRoleBinding(await this.once.execute(asker, asked, make, bindingAgain)));
  }

  @Mutation(() => WithdrawRoleResult, { description: 'Takes a role binding away, everywhere within seconds.' })
  @Operation({ scope: 'admin', ...READS_NOTHING })
  withdrawRole(
    @Args('input', { description: 'Which binding.' }) { id, idempotencyKey }: WithdrawRoleInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<RoleBinding | AccessRefusal> {
    const asked = { key: idempotencyKey ?? null, change: 'withdrawRole', input: id };
    return this.#do(context, async (asker) =>
      toRoleBinding(await this.once.execute(asker, asked, (one) => this.withdraw.execute(one, id), bindingAgain)),
    );
  }

  @Mutation(() => SignOutResult, { description: 'Ends every browser session of a user.' })
  @Operation({ scope: 'SIGNED_IN', ...READS_NOTHING })
  signOutEverywhere(
    @Args('input', { description: 'Whose sessions.' }) { user }: SignOutEverywhereInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<SignedOut | AccessRefusal> {
    return this.#do(context, (asker) => this.signOut.execute(asker, user ?? asker.principal.id));
  }

  /** What the change gave, or its expected failure as a result; what is forbidden is counted as every refusal is. */
  async #do<T>(context: CatalogContext, change: (asker: Asker) => Promise<T>): Promise<T | AccessRefusal> {
    const { principal, address } = context;
    if (principal === null) throw new HeadwaterError('UNAUTHENTICATED', 'Say who you are before you ask.');
    try {
      return await change({ principal, address });
    } catch (error) {
      const refusal = toRefusal(error);
      if (refusal === undefined) throw error;
      const { reason } = refusal;
      if (isLack(reason)) this.access.refusals.add({ reason, token: null, address, actor: principal.id });
      return refusal;
    }
  }
}
