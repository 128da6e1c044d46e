import { inVietnam } from '../../kernel/vn-time';
import type { ChatMessage, StoredPerson } from '../fake-zalo-facts';
import {
  fromQuery,
  isFields,
  OK,
  paging,
  refuse,
  word,
  type ApiAnswer,
  type ApiCall,
  type Fields,
} from './answers';
import { PACKAGES } from './account';
import type { ApiContext } from './api-context';

/** The chats as Zalo keeps them, newest first and ten at a time, and the account's own particulars. */

const KINDS = {
  image: 'photo',
  gif: 'GIF',
  audio: 'voice',
  video: 'nosupport',
  sticker: 'sticker',
  location: 'location',
  file: 'nosupport',
  link: 'link',
} as const;
const PAGE = { count: 10, usual: 10 };
const PACKAGE_NAMES = {
  basic: 'Cơ bản',
  standard: 'Tiêu chuẩn',
  growth: 'Tăng trưởng',
  comprehensive: 'Toàn diện',
} as const satisfies Record<keyof typeof PACKAGES, string>;

export interface HistoryParty {
  readonly id: string;
  readonly name: string;
}

export function historyRow(message: ChatMessage, from: HistoryParty, to: HistoryParty) {
  const { media } = message;
  return {
    src: message.from === 'oa' ? 0 : 1,
    time: message.at,
    type: media ? KINDS[media.kind] : 'text',
    message: message.text,
    message_id: message.id,
    ...(media?.url === undefined ? {} : { url: media.url, thumb: media.url }),
    from_id: from.id,
    to_id: to.id,
    from_display_name: from.name,
    from_avatar: '',
    to_display_name: to.name,
    to_avatar: '',
  };
}

export function createHistory(api: ApiContext) {
  const { state } = api;
  const oa = { id: api.oaId, name: api.oaName };

  function row(person: StoredPerson, message: ChatMessage) {
    return message.from === 'oa' ? historyRow(message, oa, person) : historyRow(message, person, oa);
  }

  function page(rows: readonly object[], asked: Fields): ApiAnswer {
    const at = paging(asked, PAGE);
    return at
      ? { ...OK, data: rows.slice(at.offset, at.offset + at.count) }
      : refuse(-210, 'count exceeds 10 or offset is invalid');
  }

  function conversation(call: ApiCall): ApiAnswer {
    const asked = fromQuery(call.query);
    if (!isFields(asked)) return refuse(-201, 'data is invalid');
    const person = state.person(word(asked['user_id']) ?? '');
    if (!person) return refuse(-201, 'user_id is invalid');
    return page(person.chat.map((message) => row(person, message)).reverse(), asked);
  }

  function recentChats(call: ApiCall): ApiAnswer {
    const asked = fromQuery(call.query);
    if (!isFields(asked)) return refuse(-201, 'data is invalid');
    const rows = [...state.people.values()]
      .flatMap((person) => person.chat.slice(-1).map((message) => row(person, message)))
      .sort((a, b) => b.time - a.time);
    return page(rows, asked);
  }

  function oaInfo(): ApiAnswer {
    const account = api.account.now;
    const until = inVietnam(api.clock.now()).plus({ months: 6 }).toFormat('dd/MM/yyyy');
    return {
      ...OK,
      data: {
        ...{
          oaid: api.oaId,
          name: api.oaName,
          description: '',
          oa_alias: '',
          is_verified: account.verified,
        },
        ...{ oa_type: 4, cate_name: 'Cơ quan nhà nước', avatar: '', cover: '' },
        num_follower: [...state.people.values()].filter((person) => person.follows).length,
        package_name: PACKAGE_NAMES[account.package],
        package_valid_through_date: until,
        package_auto_renew_date: '',
        linked_ZCA: account.wallet === 'unlinked' ? '' : 'fake-zca',
      },
    };
  }

  return {
    'GET /v2.0/oa/getoa': oaInfo,
    'GET /v2.0/oa/conversation': conversation,
    'GET /v2.0/oa/listrecentchat': recentChats,
  };
}
