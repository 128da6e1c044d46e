import { join } from 'node:path';
import type { InboundEvent } from '../../../src/channels/channel';
import type { InboxRow } from '../../../src/inbox/inbox.repo';
import { groupEvents } from '../../../src/groups/group-events';
import { Dictionary } from '../../../src/kernel/i18n';
import { loadArticles } from '../../../src/knowledge/load';
import { accountEvents, createNoter } from '../../../src/app/event-handlers';
import { contactEvents } from '../../../src/contacts/contacts.module';
import { outsiderEvents, type OutsiderEventDeps } from '../../../src/dialogs/outsider-events';
import { handoverEvents, type HandoverEventDeps } from '../../../src/handover/handover.module';
import { receiptEvents } from '../../../src/outbox/send-records';
import { withdrawalEvents } from '../../../src/privacy/privacy.module';
import { loadLocales } from '../../../src/app/load-locales';

const AT = new Date('2026-03-13T03:00:00Z');
const ME = 'zalo:3344556677889900112';
const words = new Dictionary(loadLocales()).in('vi');
const articles = loadArticles(join(__dirname, '../../../locales/vi/faq'));

type Surroundings = HandoverEventDeps & OutsiderEventDeps;

/** A noter with the handlers of every feature, whose surroundings write down what they are told. */
function aNoter(over: Partial<Surroundings> = {}) {
  const told: unknown[][] = [];
  const tell =
    (what: string) =>
    async (...args: unknown[]): Promise<void> =>
      void told.push([what, ...args]);
  const log = { info: () => undefined, warn: (...args: unknown[]) => void told.push(['log', ...args]) };
  const contacts = {
    noteInteraction: tell('interaction'),
    noteUnfollowed: tell('unfollowed'),
    noteHuman: tell('human'),
  };
  const around = {
    contacts,
    takeovers: {
      humanWrote: async (user: string, at: Date) => {
        told.push(['takes over', user, at]);
        return new Date(at.getTime() + 1_800_000);
      },
      isSilent: async () => false,
    },
    threads: { personLeft: tell('threads end'), answeredByHand: tell('answered by hand') },
    ownSends: { isOurs: async () => false },
    enqueue: tell('says'),
    wordsFor: () => words,
    outsiders: () => ({ words, articles, chatLink: 'https://zalo.me/1' }),
    groupOpensWindow: false,
    log,
    ...over,
  };
  const noter = createNoter({
    contacts,
    features: [
      { events: contactEvents(contacts) },
      { events: receiptEvents({ noteReceipts: tell('receipts') }) },
      { events: handoverEvents(around) },
      { events: withdrawalEvents(async (user, _at, cause) => void told.push(['erases', cause, user])) },
      { events: groupEvents({ noteEvent: tell('group') }) },
      { events: outsiderEvents(around) },
      { events: accountEvents({ noteAccountEvent: tell('account') }, log) },
    ],
    metrics: { noted: (name) => void told.push(['counts', name]) },
    log,
  });
  return {
    noter,
    told,
    of: (what: string) => told.filter(([name]) => name === what).map(([, ...rest]) => rest),
  };
}

function aRow(event: Partial<InboundEvent>, more: Partial<InboxRow> = {}): InboxRow {
  const user = event.user === undefined ? ME : event.user;
  return {
    id: 'e1',
    user,
    event: {
      ...{ id: 'e1', channel: 'zalo', kind: 'unsupported', name: 'x', eventAt: AT },
      ...{ secrets: [], opensWindow: false },
      ...event,
      user,
    },
    ...{ eventAt: AT, arrivedAt: AT, seq: 1, attempts: 0, interrupted: 0 },
    ...more,
  };
}

it('lets a human take over, and counts the event', async () => {
  const { noter, of } = aNoter();
  await noter.note(aRow({ kind: 'echo', name: 'oa_send_text', byHuman: true, messageIds: ['m1'] }));
  expect(of('takes over')).toEqual([[ME, AT]]);
  expect(of('human')).toEqual([[ME, new Date(AT.getTime() + 1_800_000)]]);
  expect(of('counts')).toEqual([['oa_send_text']]);
});

it.each<[string, Partial<InboundEvent>, Partial<Surroundings>]>([
  ['what the program sent', { byHuman: false, messageIds: ['m1'] }, {}],
  [
    'what the program sent, though somebody is named',
    { byHuman: true, messageIds: ['m1'] },
    { ownSends: { isOurs: async () => true } },
  ],
  ['an echo of nobody', { byHuman: true, user: null }, {}],
])('is not silenced by %s', async (_what, event, over) => {
  const { noter, of } = aNoter(over);
  await noter.note(aRow({ kind: 'echo', ...event }));
  expect(of('takes over')).toEqual([]);
});

it('lets an echo that was delivered late silence nobody now', async () => {
  const { noter, of } = aNoter();
  const said = new Date(AT.getTime() - 3_600_000);
  await noter.note(aRow({ kind: 'echo', byHuman: true, messageIds: ['m'] }, { eventAt: said }));
  expect(of('takes over')).toEqual([[ME, said]]);
});

it('takes a reaction for a message seen', async () => {
  const { noter, of } = aNoter();
  await noter.note(aRow({ kind: 'reaction', messageIds: ['m1'] }));
  await noter.note(aRow({ kind: 'received', messageIds: ['m2'] }));
  await noter.note(aRow({ kind: 'seen', messageIds: [] }));
  expect(of('receipts')).toEqual([
    [{ messageIds: ['m1'], kind: 'seen', at: AT }],
    [{ messageIds: ['m2'], kind: 'received', at: AT }],
  ]);
});

it('warns who put a secret into a reaction, once for each, and leaves it to the human who has the talk', async () => {
  const { noter, of } = aNoter();
  await noter.note(aRow({ kind: 'reaction', messageIds: ['m1'] }));
  await noter.note(aRow({ kind: 'reaction', secrets: ['password'] }, { id: 'e2' }));
  expect(of('says')).toMatchObject([[[{ to: ME, id: 'e2:r0', purpose: 'reply' }]]]);
  expect(JSON.stringify(of('says'))).toContain('đừng gửi số căn cước');
  const silent = aNoter({ takeovers: { isSilent: async () => true, humanWrote: async () => null } });
  await silent.noter.note(aRow({ kind: 'reaction', secrets: ['password'] }));
  expect(silent.of('says')).toEqual([]);
});

it('erases on request, and only notes who unfollows', async () => {
  const { noter, of } = aNoter();
  await noter.note(aRow({ kind: 'withdrawn' }));
  await noter.note(aRow({ kind: 'unfollowed' }));
  expect(of('erases')).toEqual([['e1', ME]]);
  expect(of('unfollowed')).toEqual([[ME, AT]]);
});

it('hands news of the account to who watches it, and to the log without prose', async () => {
  const { noter, of } = aNoter();
  const data = { templateId: '512345', status: 'REJECT', reason: 'Logo của Trần Văn An' };
  await noter.note(aRow({ kind: 'account', name: 'change_template_status', user: null, data }));
  expect(of('account')).toEqual([['change_template_status', data, AT]]);
  const [[facts]] = of('log') as [[object]];
  expect(facts).toEqual({
    name: 'change_template_status',
    templateId: '512345',
    status: 'REJECT',
  });
});

describe('a group', () => {
  const group = 'zalo-group:g1';
  const spoken = (event: Partial<InboundEvent>) =>
    aRow({ kind: 'group', user: null, from: ME, group, ...event });

  it.each<[string, Partial<InboundEvent>, string | null]>([
    ['a word among members', {}, null],
    ['a mention', { text: 'cho hỏi', data: { addressed: 'mention' } }, 'Dạ, bác nhắn riêng'],
    ['figures', { text: '412 người', data: { addressed: 'mention' } }, 'Nhóm không ghi nhận số liệu'],
    ['figures among others', { data: { figures: true } }, 'Nhóm không ghi nhận số liệu'],
    ['a command', { text: '#menu', data: { addressed: 'command' } }, 'Dạ, bác nhắn riêng'],
    ['an answer to somebody else', { text: 'ừ', quote: 'theirs' }, null],
    [
      'a secret',
      { text: '[***]', secrets: ['id_card'], data: { addressed: 'mention' } },
      'đừng gửi số căn cước',
    ],
    [
      'a secret said to somebody else',
      { text: '[***]', secrets: ['id_card'], quote: 'theirs' },
      'đừng gửi số căn cước',
    ],
    [
      'the code of an invitation',
      { text: '[***]', secrets: ['claim_code'], data: { addressed: 'mention' } },
      'Nhóm không ghi nhận số liệu',
    ],
    ['an answer to us', { text: 'ừ', quote: 'ours' }, 'Dạ, bác nhắn riêng'],
    ['our own echo', { from: undefined as never, data: { addressed: 'mention' } }, null],
  ])('%s', async (_what, event, expected) => {
    const { noter, of } = aNoter({ ownSends: { isOurs: async (_to, ids) => ids.includes('ours') } });
    await noter.note(spoken({ messageId: 'm9', ...event }));
    const said = of('says') as [{ to: string; id: string; message: { text: string; quote: string } }[]][];
    if (expected === null) return expect(said).toEqual([]);
    expect(said).toHaveLength(1);
    expect(said[0]?.[0]).toMatchObject([{ to: group, purpose: 'reply' }]);
    expect(said[0]?.[0][0]?.message.text).toContain(expected);
    expect(said[0]?.[0][0]?.message.quote).toBe('m9');
  });

  it('tells one person once a day where figures belong, under an id that does not name them', async () => {
    const { noter, of } = aNoter();
    const typed = (id: string, more: Partial<InboxRow> = {}) => ({
      ...spoken({ data: { figures: true } }),
      id,
      ...more,
    });
    await noter.note(typed('e1'));
    await noter.note(typed('e2'));
    await noter.note(typed('e3', { arrivedAt: new Date(AT.getTime() + 86_400_000) }));
    const ids = (of('says') as [{ id: string }[]][]).map(([[message]]) => message?.id);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(2);
    expect(ids.join()).not.toContain('3344556677889900112');
  });

  it('hands what happens to the group to its mirror', async () => {
    const { noter, of } = aNoter();
    const data = { members: [ME], change: 'out' };
    await noter.note(aRow({ kind: 'group', user: null, group, data }));
    await noter.note(aRow({ kind: 'group', user: null, group, data: { change: 'dissolved' } }));
    await noter.note(aRow({ kind: 'group', user: null, group, data: { change: 'renamed' } }));
    expect(of('group')).toEqual([
      ['g1', { what: 'out', users: [ME], at: AT }],
      ['g1', { what: 'dissolved', users: [], at: AT }],
    ]);
    expect(of('says')).toEqual([]);
  });

  it('opens the window of a member only where the operator believes so', async () => {
    const careful = aNoter();
    await careful.noter.note(spoken({}));
    expect(careful.of('interaction')).toEqual([]);
    const trusting = aNoter({ groupOpensWindow: true });
    await trusting.noter.note(spoken({}));
    expect(trusting.of('interaction')).toEqual([[ME, AT]]);
  });
});

describe('a visitor', () => {
  const from = 'zalo-visitor:anon/conv';
  const asks = (event: Partial<InboundEvent>, id = 'e1') =>
    aRow({ kind: 'anonymous', user: null, from, ...event }, { id });
  type Said = [{ id: string; to: string; message: { text: string } }[]][];

  it('is told where to go, under one id for the whole conversation', async () => {
    const { noter, of } = aNoter();
    await noter.note(asks({ text: 'alo' }));
    await noter.note(asks({ text: 'alo' }, 'e2'));
    const said = of('says') as Said;
    expect(said.map(([[message]]) => [message?.id, message?.to])).toEqual([
      [`${from}:hello0`, from],
      [`${from}:hello0`, from],
    ]);
    expect(said[0]?.[0][0]?.message.text).toContain('https://zalo.me/1');
    expect(of('interaction')).toEqual([
      [from, AT],
      [from, AT],
    ]);
  });

  it('gets an article for a question, and a warning for a secret', async () => {
    const { noter, of } = aNoter();
    await noter.note(asks({ text: 'quên mật khẩu vneid' }));
    await noter.note(asks({ text: 'số căn cước [***]', secrets: ['id_card'] }, 'e2'));
    const texts = (of('says') as Said).map(([[message]]) => message?.message.text);
    expect(texts[0]).toContain('Lấy lại mật khẩu VNeID');
    expect(texts[1]).toContain('đừng gửi số căn cước');
  });

  it('is left to the human who answers them', async () => {
    const { noter, of } = aNoter({
      takeovers: { isSilent: async () => true, humanWrote: async () => null },
    });
    await noter.note(asks({ text: 'alo' }));
    expect(of('says')).toEqual([]);
  });
});
