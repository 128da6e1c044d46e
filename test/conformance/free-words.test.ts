import { FEATURES } from '../../src/app/features';
import type { Conversation } from '../../src/conversation/dialog';
import { actPayload } from '../../src/directives/directive-words';
import { foldText } from '../../src/kernel/vn-text';
import { asLetters } from '../../src/kernel/letters';
import { CODE, HOME, NOBODY, RightsWorld } from '../support/rights-world';
import { freshStore, type TestStore } from '../support/stores';

/**
 * A question that takes words takes no word of stopping for its answer: whoever types «dừng», «khoan đã», «để mai» or
 * «câu này là gì» has said nothing that is to be written down, sent to the villages or forwarded to a citizen. Nothing
 * is done but giving the work up, or putting it off; what still asks, asks again.
 */

const WORDS = [
  ...[
    'hủy',
    'huy',
    'thôi',
    'thoi khong lam nua',
    'dừng',
    'dung',
    'dung het',
    'dung ca',
    'đừng',
    'đừng gửi',
    'dừng lại',
  ],
  ...['khoan', 'khoan đã', 'khoan da', 'chưa gửi vội', 'chờ tí', 'từ từ đã', 'để tôi xem lại đã'],
  ...['nhắc tôi lúc 12:10', 'nhac toi luc 19h', 'nhắc tôi sáng mai'],
  ...['để sau', 'để mai', 'de mai', 'để tối', 'thứ năm tôi làm', 'câu này là gì', 'nghĩa là sao'],
];

/** Where a day is the answer, one that is named is given. */
const DAY_ASKED = new Set([
  ...['directive.sending', 'directive-sending.ask'],
  ...['directive-deadline.ask', 'directive.deadline', 'campaign.closes', 'change-units.day'],
  'class-change.when',
]);

/** Every step that takes words, who stands there, and what they said to get there. */
const SCREENS: Readonly<Record<string, readonly [who: string, ...said: string[]]>> = {
  'report.question': ['Sểnh', 'báo cáo'],
  'form.question': ['Đoàn', 'báo cáo'],
  'practice.question': ['Sểnh', 'tập thử'],
  'returned.ask': ['Mạnh', 'báo cáo'],
  'silent-why.why': ['Thoan', 'ghi lý do thôn Suối Mỏ'],
  'return-figure.reason': ['Hạnh', 'trả lại số 3 thôn Đông Lâm'],
  'send-partly.why': ['Sểnh', 'báo cáo', '1200', '3', 'gửi tạm'],
  'correction.why': ['Hoạch', 'sửa 3', '78'],
  'feedback.text': ['Tư', 'phản ánh'],
  'reply.text': ['Hạnh', 'nhận 1', 'TALK'],
  'commune.ask': ['', 'gặp người thật'],
  'change-units.day': ['Nga', 'nhập thôn Đông Lâm và thôn Ngọc Trì thành thôn Lâm Trì'],
  'give-post.name': ['Hoạch', 'từ mai chị Mai thay tôi'],
  'give-post.phone': ['Hoạch', 'từ mai chị Mai thay tôi', 'Lê Thị Mai'],
  'name-head.name': ['Hạnh', 'HEAD'],
  'onboarding.confirm': ['', CODE],
  'directive.text': ['Hạnh', 'giao 82/UBND-TH'],
  'directive.audience': ['Hạnh', 'giao 82/UBND-TH', 'rà soát máy tính'],
  'directive.deadline': ['Hạnh', 'giao 82/UBND-TH', 'rà soát máy tính', 'toàn xã'],
  'directive.sending': ['Hạnh', 'giao 82/UBND-TH, hẹn giờ 3h mai, hạn 25/3, toàn xã: rà soát máy tính'],
  'directive-sending.ask': [
    'Hạnh',
    'giao 85/UBND-TH, hẹn giờ 9h sáng mai, hạn 25/3, toàn xã: rà soát',
    'gửi',
    'dời giờ gửi 85',
  ],
  'directive-end.reason': ['Hạnh', 'thu hồi 81'],
  'directive-deadline.ask': ['Hạnh', 'dời hạn 81'],
  'directive-behalf.reason': ['Hạnh', 'nhận thay 81 thôn Ngọc Trì'],
  'directive-why.ask': ['Mạnh', 'vướng 81'],
  'directive-why.words': ['Mạnh', 'vướng 81', 'Việc khác'],
  'directive-line.ask': ['Hạnh', 'THEM'],
  'class-open.place': ['Tư', 'mở lớp', 'thứ Năm 19/3', '19:30'],
  'class-open.topic': ['Tư', 'mở lớp', 'thứ Năm 19/3', '19:30', 'nhà văn hóa'],
  'class-change.when': ['Tư', 'dời lớp'],
  'class-record.number': ['Tư', 'CLASS'],
  'campaign.question': ['Hạnh', 'khảo sát'],
  'campaign.audience': ['Hạnh', 'khảo sát thôn có máy in không'],
};

/** What a word of stopping may lead to: the work given up, or a wish to be reminded. */
const ALLOWED = /^(?:directive\.drop|directive\.detach|evidence\.|reminder\.|question\.|audit\.)/;

/** Screens whose button does what cannot be taken back, or gives a post and a consent. */
const FINAL: readonly (readonly [screen: string, button: string, who: string, ...said: string[]])[] = [
  ['erase-me.sure', 'ERASE', 'Sểnh', 'xóa dữ liệu của tôi'],
  ['onboarding.confirm', 'YES', '', CODE],
  ['directive.preview', 'SEND', 'Hạnh', 'giao 83/UBND-TH, hạn 20/3, toàn xã: rà soát máy in'],
  ['directive.preview', 'DROP', 'Hạnh', 'giao 84/UBND-TH, hạn 20/3, toàn xã: rà soát máy in'],
  ['directive-end.sure', 'YES', 'Hạnh', 'thu hồi 81', 'giao nhầm'],
  ['directive-sending.sure', 'YES', 'Hạnh', 'gửi ngay 85'],
  ['directive-deadline.sure', 'YES', 'Hạnh', 'dời hạn 81', '25/3'],
  ['change-units.sure', 'YES', 'Nga', 'từ 1/7 tách thôn Đông Lâm thành thôn Đông Lâm 1 và thôn Đông Lâm 2'],
  ['name-head.sure', 'YES', 'Hạnh', 'trưởng thôn Bãi Cát là anh Lê Văn Lâm 0912 000 095'],
  ['campaign.preview', 'SEND', 'Hạnh', 'khảo sát thôn có máy in không, toàn xã, đến 22/3'],
  ['report.readback', 'SEND', 'Sểnh', 'bc 1200 3 50 6'],
];

let store: TestStore;
let world: RightsWorld;
const starts = new Map<string, Conversation>();

beforeAll(async () => {
  store = await freshStore();
  world = await RightsWorld.open(store.connection);
  const { repo } = world.talk.org;
  const size = { adults: null, households: null, population: null };
  const span = {
    validFrom: '2025-07-01',
    validTo: null,
    name: 'Bãi Cát',
    kind: 'thôn',
    parent: HOME,
    ...size,
  };
  await repo.addUnits([{ code: `${HOME}-03`, level: 'village', spans: [span] }]);
  await world.talk.readAgain();
  await world.says('Thoan', 'duyệt thôn Gò Me');
  await world.says('Hạnh', 'trả lại số 3 thôn Ngọc Trì: không khớp sổ', 'nhận 1');
  const taps = await buttons();
  for (const [screen, [name, ...said]] of Object.entries(SCREENS)) {
    let conversation = world.begin(name === '' ? NOBODY : world.by(name));
    for (const text of said) conversation = await world.talk.say(conversation, taps[text] ?? text);
    starts.set(screen, conversation);
  }
}, 60_000);

/** What stands behind the buttons that lead to a question. */
async function buttons(): Promise<Readonly<Record<string, string>>> {
  const { classes, handover } = world.talk.reads;
  const acknowledged = await world.talk.decide(world.begin(world.by('Hạnh')), 'nhận 145');
  const [order] = acknowledged.effects as readonly { readonly directive?: string }[];
  const [held] = await classes.coming([`${HOME}-01`], world.talk.clock.now());
  const [talk] = await handover.openOf(world.by('Tư').user);
  return {
    THEM: actPayload('THEM', order?.directive ?? ''),
    CLASS: `#LOPSO_${held?.record.id}`,
    TALK: `#TRALOI_${talk?.id.toUpperCase()}`,
    HEAD: `#CUTRUONG_${asLetters(`${HOME}-03`)}`,
  };
}

afterAll(() => store.stop());

const placeOf = ({ stack }: Conversation): string => {
  const top = stack.at(-1);
  return top ? `${top.dialog}.${top.step}` : '';
};

it('knows every dialog that takes words', () => {
  const takes = FEATURES.flatMap(({ dialogs }) => dialogs)
    .filter((dialog) => !dialog.light && Object.values(dialog.steps).some(({ digits }) => digits === 'own'))
    .map(({ id }) => id);
  const known = new Set(Object.keys(SCREENS).map((screen) => screen.split('.')[0]));
  expect(takes.filter((id) => !known.has(id))).toEqual([]);
});

describe.each(Object.keys(SCREENS))('%s', (screen) => {
  it('is where the person stands', () => {
    expect(placeOf(starts.get(screen) as Conversation)).toBe(screen);
  });

  it.each(WORDS)('«%s» is no answer to it', async (word) => {
    if (DAY_ASKED.has(screen) && /^(?!nhắc).*(?:mai|tối|năm)/.test(word)) return;
    const start = starts.get(screen) as Conversation;
    const heard = await world.talk.decide(start, word);
    const text = heard.says.map(({ say }) => say.text).join('\n');
    const done = heard.effects.map(({ kind }) => kind).filter((kind) => !ALLOWED.test(kind));
    expect([text, done]).toEqual([text, []]);
    expect(text).not.toBe('');
    // Either the same question stands, or the work is over: the word never led one step further.
    const now = placeOf(heard.conversation);
    const [dialog = ''] = screen.split('.');
    if (now.startsWith(`${dialog}.`)) expect([text, now]).toEqual([text, screen]);
  });
});

describe.each(FINAL)('%s [%s]', (screen, button, name, ...said) => {
  it('is done by its whole words only; one wrong letter in them is asked about', async () => {
    let conversation = world.begin(name === '' ? NOBODY : world.by(name));
    for (const text of said) conversation = (await world.talk.decide(conversation, text)).conversation;
    expect(placeOf(conversation)).toBe(screen);
    const offer = conversation.stack.at(-1)?.offered.find(({ id }) => id === button);
    const label = foldText(offer?.label ?? '');
    expect([offer?.label, offer?.exact]).toEqual([offer?.label, true]);
    if (label.length < 8) return;
    for (const typed of [`${label}h`, label.slice(0, -1), label.replace(/.(?=.{3}$)/, 'x')]) {
      const heard = await world.talk.decide(conversation, typed);
      const text = heard.says.map(({ say }) => say.text).join('\n');
      expect([typed, heard.effects]).toEqual([typed, []]);
      expect(text).toContain(`«${offer?.label}» phải không ạ?`);
      expect(placeOf(heard.conversation)).toBe(screen);
    }
  });
});
