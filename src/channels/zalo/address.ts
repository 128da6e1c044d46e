import { channelUserId, channelWord, type UserKey } from '../../kernel/ids';

/** Whom an address of this channel means. `member`: known to the organisation only, reached by phone number. */
export type Address =
  | { readonly kind: 'person'; readonly userId: string }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'visitor'; readonly anonymousId: string; readonly conversationId: string }
  | { readonly kind: 'member' };

const ID = /^[\w-]{1,64}$/;
/** Ids of visitors are opaque; only what could not be one is refused. */
const OPAQUE = /^[^\s/\p{Cc}\p{Cs}]{1,256}$/u;

/** Null when it is not an address of this channel. */
export function readAddress(to: UserKey): Address | null {
  const id = channelUserId(to);
  switch (channelWord(to)) {
    case 'zalo':
      return ID.test(id) ? { kind: 'person', userId: id } : null;
    case 'zalo-group':
      return ID.test(id) ? { kind: 'group', groupId: id } : null;
    case 'zalo-visitor': {
      const [anonymousId = '', conversationId = '', ...more] = id.split('/');
      const whole = OPAQUE.test(anonymousId) && OPAQUE.test(conversationId) && more.length === 0;
      return whole ? { kind: 'visitor', anonymousId, conversationId } : null;
    }
    case 'zalo-phone':
      return id === '' ? null : { kind: 'member' };
    default:
      return null;
  }
}
