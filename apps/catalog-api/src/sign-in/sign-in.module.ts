import { Module, type DynamicModule } from '@nestjs/common';
import { BrowserSignIn } from './browser-sign-in.js';
import { OidcController } from './oidc.controller.js';
import { SignInController } from './sign-in.controller.js';

/** The pages below /auth. */
@Module({ controllers: [SignInController, OidcController], providers: [BrowserSignIn] })
export class SignInModule {
  static register(useCases: DynamicModule): DynamicModule {
    return { module: SignInModule, imports: [useCases] };
  }
}
