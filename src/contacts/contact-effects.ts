import type { UserKey } from '../kernel/ids';
import type { Address } from '../kernel/address';
import type { Manner } from './preferences.model';

/** What people say of how they want to be written to, as effects of a turn. Each may be repeated. */

/** The person asked to be left alone, or to be reminded again. */
export interface MutePerson {
  readonly kind: 'contact.mute';
  readonly id: string;
  readonly user: UserKey;
  readonly muted: boolean;
  readonly at: Date;
}

/** The person chose a language. */
export interface ChooseLanguage {
  readonly kind: 'contact.language';
  readonly id: string;
  readonly user: UserKey;
  readonly locale: string;
  readonly at: Date;
}

/** The person said where they live, and confirmed it. */
export interface LiveInCommune {
  readonly kind: 'contact.commune';
  readonly id: string;
  readonly user: UserKey;
  readonly commune: string;
  readonly at: Date;
}

/** The person asked to be spoken to in another manner. */
export interface ChooseManner {
  readonly kind: 'contact.manner';
  readonly id: string;
  readonly user: UserKey;
  readonly manner: Manner;
  readonly at: Date;
}

/** The person said how they want to be called. */
export interface ChooseAddress {
  readonly kind: 'contact.address';
  readonly id: string;
  readonly user: UserKey;
  readonly address: Address;
  readonly at: Date;
}

export type ContactEffect = MutePerson | ChooseLanguage | LiveInCommune | ChooseManner | ChooseAddress;

export interface WritesPreferences {
  mute(user: UserKey, muted: boolean, at: Date): Promise<void>;
  speak(user: UserKey, locale: string, at: Date): Promise<void>;
  liveIn(user: UserKey, commune: string, at: Date): Promise<void>;
  speakSo(user: UserKey, manner: Manner, at: Date): Promise<void>;
  address(user: UserKey, address: Address, at: Date): Promise<void>;
}

export function contactEffects(preferences: WritesPreferences) {
  return {
    async 'contact.mute'({ user, muted, at }: MutePerson): Promise<'done'> {
      await preferences.mute(user, muted, at);
      return 'done';
    },
    async 'contact.language'({ user, locale, at }: ChooseLanguage): Promise<'done'> {
      await preferences.speak(user, locale, at);
      return 'done';
    },
    async 'contact.manner'({ user, manner, at }: ChooseManner): Promise<'done'> {
      await preferences.speakSo(user, manner, at);
      return 'done';
    },
    async 'contact.address'({ user, address, at }: ChooseAddress): Promise<'done'> {
      await preferences.address(user, address, at);
      return 'done';
    },
    async 'contact.commune'({ user, commune, at }: LiveInCommune): Promise<'done'> {
      await preferences.liveIn(user, commune, at);
      return 'done';
    },
  };
}
