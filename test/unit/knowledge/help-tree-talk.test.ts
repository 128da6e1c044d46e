import { join } from 'node:path';
import { advance } from '../../../src/conversation/advance';
import type { Engine } from '../../../src/conversation/engine';
import { newConversation, type Conversation, type TurnEvent } from '../../../src/conversation/dialog';
import { payloadOf } from '../../../src/conversation/say';
import type { DialogDeps } from '../../../src/dialogs/deps';
import { createEngine } from '../../../src/dialogs/router';
import { Dictionary } from '../../../src/kernel/i18n';
import type { UserKey } from '../../../src/kernel/ids';
import { nearFeature } from '../../../src/dialogs/near.feature';
import knowledge, { nearArticles } from '../../../src/knowledge/chat/knowledge.feature';
import { articleAnswer } from '../../../src/knowledge/chat/articles';
import { readSaid } from '../../../src/knowledge/chat/tree-words';
import { loadArticles } from '../../../src/knowledge/load';
import { nodeAt, placesAfter, treesOf, type Place } from '../../../src/knowledge/tree';
import { loadLocales } from '../../../src/app/load-locales';

/** Walks the trees through the engine itself, by taps and in words, with nothing but the articles behind it. */

const words = new Dictionary(loadLocales());
const articles = {
  vi: loadArticles(join('locales', 'vi', 'faq')),
  en: loadArticles(join('locales', 'en', 'faq')),
};
const trees = treesOf(articles.vi);
const user = 'zalo:1' as UserKey;
const engine: Engine<DialogDeps> = createEngine([knowledge, nearFeature(() => [knowledge], nearArticles)]);
const deps = {
  articles: (locale: string) => articles[locale as 'vi' | 'en'],
  directory: {
    ...{ officesOf: () => [], everHeldBy: () => [], officesIn: () => [] },
    tree: { getNearest: () => null, ancestors: () => [] },
  },
  shown: async () => null,
} as unknown as DialogDeps;

/** Somebody in a talk of their own. */
function aPerson(locale = 'vi', offices: readonly object[] = [], more: Partial<DialogDeps> = {}) {
  const mine = {
    ...deps,
    ...more,
    directory: { ...deps.directory, officesOf: () => offices },
  } as unknown as DialogDeps;
  let conversation: Conversation = { ...newConversation(user), locale, turn: 1 };
  let count = 0;
  const says = async (text: string, day = 13): Promise<{ text: string; labels: string[] }> => {
    count += 1;
    const at = new Date(`2026-03-${day}T03:00:00Z`);
    const event: TurnEvent = {
      ...{ id: `e${count}`, kind: 'text', text, secrets: [], codeHash: null },
      ...{ arrivedAt: at, eventAt: at },
    };
    const result = await advance(engine, conversation, event, mine, (name) => words.in(name));
    ({ conversation } = result);
    const [said] = result.says;
    return { text: said?.say.text ?? '', labels: (said?.say.choices ?? []).map(({ label }) => label) };
  };
  const taps = (choice: string): Promise<{ text: string; labels: string[] }> => {
    const top = conversation.stack.at(-1);
    if (!top) throw new Error('nothing is open');
    return says(payloadOf({ dialog: top.dialog, ref: top.ref, turn: top.offeredAt, choice }));
  };
  return { says, taps, place: () => conversation.stack.at(-1)?.slots, open: () => conversation.stack.length };
}

/** Taps that lead from the start of a tree to each of its ends and into each other tree, no node twice. */
function walks(tree: string): { taps: string[]; end: string }[] {
  const found: { taps: string[]; end: string }[] = [];
  const walk = (place: Place, taps: string[], seen: readonly string[]): void => {
    const node = nodeAt(trees, place);
    if (!node) throw new Error(`${place.tree} ${place.node}`);
    if (node.kind === 'end' || place.tree !== tree) {
      if (!found.some(({ end }) => end === node.text)) found.push({ taps, end: node.text });
      return;
    }
    placesAfter(node).forEach((to, i) => {
      const tap = node.kind === 'step' ? ['DONE', 'FAILED'][i] : `O${i + 1}`;
      if (!seen.includes(to.node)) walk(to, [...taps, tap ?? ''], [...seen, to.node]);
    });
  };
  const start = trees.get(tree)?.start ?? '';
  walk({ tree, node: start }, [], [start]);
  return found;
}

const everyWalk = [...trees.keys()].flatMap((tree) =>
  walks(tree).map((one) => [tree, one.taps.join(' '), one.end] as const),
);

it('there are walks to many ends', () => {
  expect(everyWalk.length).toBeGreaterThanOrEqual(35);
});

it.each(everyWalk)('%s by taps only: %s', async (tree, taps, end) => {
  const person = aPerson();
  await person.says(`#CHIDAN_${tree.toUpperCase()}`);
  let last = { text: '', labels: [] as string[] };
  for (const tap of taps.split(' ')) last = await person.taps(tap);
  expect(last.text).toBe(end);
  expect(last.labels.length).toBeLessThanOrEqual(5);
});

it('is spoken with in words: done, not done, back, what is seen', async () => {
  const person = aPerson();
  await person.says('quen mat khau vneid');
  await person.says('chỉ từng bước');
  expect(person.place()).toMatchObject({ tree: 'forgot-vneid-password', node: 'start' });
  await person.says('xong rồi ạ');
  expect(person.place()).toMatchObject({ node: 'number' });
  await person.says('ko dc em oi');
  expect(person.place()).toMatchObject({ node: 'number-wrong' });
  await person.says('nó báo số điện thoại không đúng');
  expect(person.place()).toMatchObject({ node: 'old-number' });
  await person.says('quay lại');
  expect(person.place()).toMatchObject({ node: 'number-wrong' });
});

it('«không được» after an answer begins its steps; after one without steps other answers are offered', async () => {
  const person = aPerson();
  await person.says('mã otp không về');
  await person.says('không được em ơi');
  expect(person.place()).toMatchObject({ tree: 'otp-not-received' });
  const other = aPerson();
  await other.says('đổi số điện thoại trên vneid');
  expect((await other.says('vẫn không được')).labels).toEqual([
    'Không nhận được mã OTP',
    'Số gọi khi cần giúp',
  ]);
});

it('after an answer without steps those for where it fails begin, in the words of the person', async () => {
  const person = aPerson('en');
  await person.says('how do I activate vneid level 2');
  await person.says('it says my number is wrong');
  expect(person.place()).toMatchObject({ tree: 'activation-fails', node: 'start' });
  const bac = aPerson();
  await bac.says('hướng dẫn tôi kích hoạt với');
  await bac.says('không được em ơi');
  expect(bac.place()).toMatchObject({ tree: 'activation-fails', node: 'start' });
});

it.each([
  ['vi', 'tôi lỡ đọc mã otp cho nó rồi', 'làm gì trước', 'Tắt cuộc gọi'],
  ['vi', 'tôi lỡ đọc mã otp cho nó rồi', 'giờ phải làm gì đầu tiên hả em', 'Tắt cuộc gọi'],
  ['en', 'I told the code to a stranger', 'what do I do first', 'Hang up'],
])('%s: under «%s», «%s» is answered by the first step alone', async (locale, question, asked, step) => {
  const person = aPerson(locale);
  expect((await person.says(question)).text).toContain(step);
  const { text, labels } = await person.says(asked);
  expect(text).toContain(step);
  expect(text).not.toContain('2. ');
  expect(labels).toContain(words.in(locale).t('knowledge:tree.human'));
});

it('«làm gì trước» under an answer with steps begins them', async () => {
  const person = aPerson();
  await person.says('mã otp không về');
  await person.says('làm gì trước');
  expect(person.place()).toMatchObject({ tree: 'otp-not-received', node: 'start' });
});

it('«nói chậm thôi» after an answer gives it again, shorter from now on; the steps are another wish', async () => {
  const person = aPerson();
  await person.says('mã otp không về');
  const slower = await person.says('nói chậm thôi cháu ơi');
  expect(slower.text).toContain('em nhắn ngắn');
  expect(slower.text).toContain('OTP');
  expect(slower.labels).toContain('Chỉ từng bước');
  expect(person.place()).toMatchObject({ id: 'otp-not-received' });
  await person.says('chỉ từng bước');
  expect(person.place()).toMatchObject({ tree: 'otp-not-received' });
});

it('of two questions in one message the second stands under the answer', async () => {
  const person = aPerson();
  const said = await person.says('mất sim nên otp không về');
  expect(said.text + said.labels.join()).toContain('Đổi số điện thoại');
  expect(said.text + said.labels.join()).toContain('OTP');
});

it('waits while another question is answered, and for days', async () => {
  const person = aPerson();
  await person.says('#CHIDAN_NEW-PHONE');
  await person.taps('O1');
  const before = person.place();
  const aside = await person.says('bao giờ có lớp học');
  expect(aside.text).toContain('Mỗi tuần xã, phường mở ít nhất một buổi');
  expect(aside.text).toContain('«Đổi điện thoại» mình đang làm dở');
  expect(aside.labels).toEqual(['Làm tiếp', 'Thôi']);
  expect((await person.says('làm tiếp', 20)).text).toContain('mở VNeID ở máy cũ');
  expect(person.place()).toEqual(before);
  expect((await person.says('để sau', 21)).labels).toEqual(['Làm tiếp']);
  expect((await person.taps('STOP')).text).toContain('em dừng ở đây');
  expect(person.open()).toBe(0);
});

it('asks more plainly when it does not understand, and offers a person the third time', async () => {
  const person = aPerson();
  await person.says('#CHIDAN_OTP-NOT-RECEIVED');
  expect((await person.says('con gà cục tác')).text).toContain('Em chưa rõ ý bác');
  expect((await person.says('không được')).text).toContain('Em chưa rõ ý bác');
  await person.says('lá chanh');
  expect((await person.says('lá chanh')).labels).toContain('Gặp người hướng dẫn');
});

it('an old button explains itself and can begin again', async () => {
  const person = aPerson();
  await person.says('#CHIDAN_NEW-PHONE');
  const old = payloadOf({ dialog: 'help-tree', ref: 'new-phone/start', turn: 1, choice: 'O1' });
  expect((await person.says(old)).text).toContain('không còn dùng');
});

it('goes on where the text of a step was taken away', async () => {
  const person = aPerson();
  await person.says('#CHIDAN_NEW-PHONE');
  const gone = createEngine<DialogDeps>([knowledge]).dialogs.get('help-tree');
  const asked = await gone?.comeBack?.({
    turn: { words: words.in('vi'), deps, user, at: new Date('2026-03-13T03:00:00Z'), memo: new Map() },
    slots: { tree: 'gone', node: 'gone', trail: [] },
  } as never);
  expect(asked?.choices?.map(({ id }) => id)).toEqual(['CONTINUE', 'STOP']);
});

it('an answer past its last day says so and gives nothing of the old text', async () => {
  const person = aPerson();
  const { text } = await person.says('khóa kỹ năng số cho nhân dân 2026', 13);
  expect(text).toContain('Kỹ năng số cho nhân dân 2026');
  const [old] = articles.vi.filter(({ id }) => id === 'course-2026');
  const late = articleAnswer(
    old as NonNullable<typeof old>,
    words.in('vi'),
    new Date('2027-01-01T03:00:00Z'),
  );
  expect(late.text).toContain('đã quá ngày soát lại');
  expect(late.text).not.toContain('Khóa có thể đổi theo năm');
  const onLastDay = articleAnswer(
    old as NonNullable<typeof old>,
    words.in('vi'),
    new Date('2026-12-31T16:59:00Z'),
  );
  expect(onLastDay.text).toContain('Khóa có thể đổi theo năm');
});

it('somebody who reports is offered questions only when they name something of ours', async () => {
  const reporter = aPerson('vi', [{ role: 'village_head', unit: '99001-07' }]);
  expect((await reporter.says('bà Hai ốm')).text).not.toContain('hỏi việc nào');
  expect((await reporter.says('vneid')).text).toContain('hỏi việc nào');
});

it('speaks English where English was chosen', async () => {
  const person = aPerson('en');
  expect((await person.says('I forgot my vneid password')).labels).toEqual([
    'Step by step',
    'Talk to a person',
  ]);
  expect((await person.says('step by step')).text).toContain('On the log-in screen of VNeID');
  expect((await person.says('done')).text).toContain('Enter your ID number');
});

it('a sentence is answered in its own language, also after one in the other', async () => {
  const person = aPerson();
  const title = (locale: 'vi' | 'en'): string =>
    articles[locale].find(({ id }) => id === 'forgot-vneid-password')?.parts[0] ?? '';
  expect((await person.says('I forgot my VNeID password')).text).toContain(title('en'));
  expect((await person.says('tôi quên mật khẩu vneid rồi bác ạ')).text).toContain(title('vi'));
  expect((await person.says('quen mat khau vneid')).text).toContain(title('vi'));
});

it('what an operator has put over an article stands over its answer and over the first step of its tree', async () => {
  const list = articles.vi.map((one) =>
    one.id === 'benefit-account' ? { ...one, banner: () => '⚠️ 1/9/2026: Hệ thống đang quá tải.' } : one,
  );
  const person = aPerson('vi', [], { articles: () => list });
  expect((await person.says('khai tài khoản an sinh xã hội trên vneid')).text).toMatch(/^⚠️ 1\/9\/2026/);
  expect((await person.says('#CHIDAN_BENEFIT-ACCOUNT')).text).toMatch(/^⚠️ 1\/9\/2026/);
  expect((await person.taps('O1')).text).not.toContain('⚠️');
});

it.each([
  ['có cần mẹ ở đây không', null],
  ['nó trừ mất 3 triệu rồi', null],
  ['buoc 1 xong r', 'done'],
  ['no', 'failed'],
  ['nó không được', 'failed'],
])('under a step «%s» is %s', (text, said) => {
  expect(readSaid(text)).toBe(said);
});

it('under the answer about classes the next ones are one tap away', async () => {
  const { labels } = await aPerson().says('gan nha co lop nao day dien thoai ko');
  expect(labels[0]).toBe(words.in('vi').t('classes:buttons.near'));
});

it('the first question after a start waits until the articles are ready, and others are served meanwhile', async () => {
  // Of these nothing was kept by an earlier start.
  const fresh = loadArticles(join('locales', 'vi', 'faq')).map((article) => ({
    ...article,
    title: `${article.title} ${process.pid}`,
  }));
  const citizen = aPerson('vi', [], { articles: () => fresh });
  let served = 0;
  const timer = setInterval(() => (served += 1), 0);
  const answer = await citizen.says('quên mật khẩu vneid thì làm sao');
  clearInterval(timer);
  expect(served).toBeGreaterThan(fresh.length / 4);
  expect(answer).toEqual(await aPerson().says('quên mật khẩu vneid thì làm sao'));
});

it('who says under an answer that just this did not work is led step by step, not told the same again', async () => {
  const person = aPerson();
  const first = await person.says('quên passcode vneid lấy lại thế nào');
  const second = await person.says('làm rồi mà nó không hiện chỗ quên passcode');
  expect(first.text).toContain('Đặt lại mã 6 số');
  expect(second.text).not.toContain('Đặt lại mã 6 số');
  expect(person.place()).toMatchObject({ tree: 'forgot-passcode' });
  const other = await person.says('mua điện thoại mới rồi mà không biết vào vneid thế nào');
  expect(other.text).toContain('Mỗi tài khoản VNeID chỉ dùng trên một máy');
});

it.each(['how do I activate vneid', 'my grandmother has no smartphone, can she get level 2'])(
  'the very first words «%s» are greeted and answered in English',
  async (text) => {
    const newcomer = aPerson('', [], { articles: (locale) => articles[locale === 'en' ? 'en' : 'vi'] });
    const { text: said } = await newcomer.says(text);
    expect(said).toMatch(/Level 2/);
    const back = await newcomer.says('toi quen mat khau vneid lam sao');
    expect(back.text).toContain('Lấy lại mật khẩu VNeID');
  },
);
describe('an article past its last day', () => {
  /** Every article may be given until 14 March; days 15 and later are past it. */
  const until14 = {
    articles: (locale: string) =>
      articles[locale as 'vi' | 'en'].map((article) => ({ ...article, expires: '2026-03-14' })),
  } as Partial<DialogDeps>;
  const [tree = ''] = trees.keys();

  it('withdraws its steps as well: none begins, and none is offered under it', async () => {
    const person = aPerson('vi', [], until14);
    const begun = await person.says(`#CHIDAN_${tree.toUpperCase()}`, 15);
    expect(begun.text).toContain('đã quá ngày soát lại');
    expect(begun.labels).toEqual(['Gặp người hướng dẫn']);
    const read = await person.says(`#FAQ_${tree.toUpperCase()}`, 15);
    expect(read.text).toContain('đã quá ngày soát lại');
    expect(read.labels).toEqual(['Gặp người hướng dẫn']);
    const asked = await person.says('chỉ từng bước', 15);
    expect(asked.text).not.toMatch(/^1\./m);
    expect(person.open()).toBeLessThanOrEqual(1);
  });

  it('withdraws a walk that was begun before and is gone on with after', async () => {
    const person = aPerson('vi', [], until14);
    const first = await person.says(`#CHIDAN_${tree.toUpperCase()}`, 13);
    expect(first.text).not.toContain('đã quá ngày soát lại');
    expect(first.labels.length).toBeGreaterThan(1);
    const later = await person.says(first.labels[0] ?? '', 16);
    expect(later.text).toContain('đã quá ngày soát lại');
    expect(person.place()?.['tree']).toBeUndefined();
  });
});
