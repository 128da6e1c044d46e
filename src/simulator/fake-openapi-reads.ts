import type { Clock } from '../kernel/clock';
import { inVietnam } from '../kernel/vn-time';
import { isFields, refuse } from './fake-zalo-messages';
import type { ChatMessage, FakeZaloState, StoredPerson } from './fake-zalo-state';

/** The calls of the OA API that only look something up: the account, a person, the history of chats. */

export interface ApiCall {
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** Undefined when the body was no JSON. */
  readonly body: unknown;
}

export interface ApiAnswer {
  readonly error: number;
  readonly message: string;
  readonly data?: unknown;
}

export interface ReadsOptions {
  readonly state: FakeZaloState;
  readonly clock: Clock;
  readonly oaId: string;
  readonly oaName: string;
}

const OK = { error: 0, message: 'Success' } as const;

export function createReads(options: ReadsOptions) {
  const { state, clock } = options;

  function oaInfo(): ApiAnswer {
    return {
      ...OK,
      data: {
        oaid: options.oaId,
        name: options.oaName,
        description: '',
        oa_alias: '',
        is_verified: true,
        oa_type: 4,
        num_follower: [...state.people.values()].filter((person) => person.follows).length,
        package_name: 'Tăng trưởng',
        package_valid_through_date: inVietnam(clock.now()).plus({ months: 6 }).toFormat('dd/MM/yyyy'),
      },
    };
  }

  function conversation(call: ApiCall): ApiAnswer {
    const asked = fromQuery(call.query);
    if (!isFields(asked)) return refuse(-201, 'data is invalid');
    const person = known(asked);
    if (!person) return refuse(-201, 'user_id is invalid');
    return page(person.chat.map((message) => historyRow(person, message)).reverse(), asked);
  }

  function recentChats(call: ApiCall): ApiAnswer {
    const asked = fromQuery(call.query);
    if (!isFields(asked)) return refuse(-201, 'data is invalid');
    const rows = [...state.people.values()]
      .flatMap((person) => person.chat.slice(-1).map((message) => historyRow(person, message)))
      .sort((a, b) => b.time - a.time);
    return page(rows, asked);
  }

  function userDetail(call: ApiCall): ApiAnswer {
    const asked = fromQuery(call.query);
    const person = isFields(asked) ? known(asked) : undefined;
    if (!person) return refuse(-201, 'user_id is invalid');
    const last = person.lastInteraction;
    return {
      ...OK,
      data: {
        user_id: person.id,
        display_name: person.name,
        user_is_follower: person.follows,
        user_last_interaction_date: last === null ? '' : inVietnam(new Date(last)).toFormat('dd/MM/yyyy'),
      },
    };
  }

  function historyRow(person: StoredPerson, message: ChatMessage) {
    const fromOa = message.from === 'oa';
    const [oa, user] = [options.oaId, person.id];
    return {
      src: fromOa ? 0 : 1,
      time: message.at,
      type: 'text',
      message: message.text,
      message_id: message.id,
      from_id: fromOa ? oa : user,
      to_id: fromOa ? user : oa,
      from_display_name: fromOa ? options.oaName : person.name,
      to_display_name: fromOa ? person.name : options.oaName,
    };
  }

  function known(asked: Readonly<Record<string, unknown>>): StoredPerson | undefined {
    return typeof asked['user_id'] === 'string' ? state.person(asked['user_id']) : undefined;
  }

  return {
    'GET /v2.0/oa/getoa': oaInfo,
    'GET /v2.0/oa/conversation': conversation,
    'GET /v2.0/oa/listrecentchat': recentChats,
    'GET /v3.0/oa/user/detail': userDetail,
  };
}

/** The one `data` parameter of the older calls; null when it is not there or no JSON. */
export function fromQuery(query: Readonly<Record<string, unknown>>): unknown {
  const data = query['data'];
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function page(rows: readonly object[], asked: Readonly<Record<string, unknown>>): ApiAnswer {
  const offset = Number(asked['offset'] ?? 0);
  const count = Number(asked['count'] ?? 10);
  if (!(count >= 1 && count <= 10) || !(offset >= 0)) return refuse(-210, 'count exceeds 10');
  return { ...OK, data: rows.slice(offset, offset + count) };
}
