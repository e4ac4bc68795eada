import { ChangeOnce } from '@headwater/application/access/change-once';
import { CreateToken } from '@headwater/application/access/create-token';
import { RevokeToken } from '@headwater/application/access/revoke-token';
import { RotateToken } from '@headwater/application/access/rotate-token';
import { SignOutEverywhere } from '@headwater/application/access/sign-out-everywhere';
import { WithdrawRole } from '@headwater/application/access/withdraw-role';
import type { AccessParts } from '@headwater/application/access/access-parts';
import type { RefusedEventLog } from '@headwater/application/refusals/refused-event-log';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS, ACCESS_STORE, REFUSED_EVENT_STORE, REFUSED_EVENTS } from '@headwater/platform/tokens';
import type { FactoryProvider, Type } from '@nestjs/common';

function overParts(useCase: new (parts: AccessParts) => object): FactoryProvider {
  return { provide: useCase as Type, inject: [ACCESS], useFactory: ({ parts }: AccessServices) => new useCase(parts) };
}

/** The use cases of access, and the stores that its lists and that of refused events are read from. */
export const accessUseCases: readonly FactoryProvider[] = [
  { provide: ACCESS_STORE, inject: [ACCESS], useFactory: ({ parts }: AccessServices) => parts.store },
  { provide: REFUSED_EVENT_STORE, inject: [REFUSED_EVENTS], useFactory: ({ store }: RefusedEventLog) => store },
  ...[ChangeOnce, CreateToken, RotateToken, RevokeToken, WithdrawRole].map(overParts),
  {
    provide: SignOutEverywhere,
    inject: [ACCESS],
    useFactory: ({ sessions }: AccessServices) => new SignOutEverywhere(sessions),
  },
];
