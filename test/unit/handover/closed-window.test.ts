import { NOTHING_ELSE } from '../../../scripts/nothing-else';
import { officeDocs, OFFICER, orgRepo } from '../../../scripts/understanding/commune';
import { loadLocales } from '../../../src/app/load-locales';
import type { DialogDeps } from '../../../src/dialogs/deps';
import { answerPerson, noteOn, showThread } from '../../../src/handover/chat/officer-acts';
import type { SaveThreadEffect } from '../../../src/handover/chat/thread-effects';
import type { HandoverTurn } from '../../../src/handover/chat/turn-threads';
import type { Reachable } from '../../../src/handover/handover-view';
import { newThread, type Thread } from '../../../src/handover/thread';
import { take } from '../../../src/handover/thread-acts';
import { Dictionary } from '../../../src/kernel/i18n';
import { OrgDirectory } from '../../../src/org/directory';

/** An officer answers somebody who has not written for long, and writes down what only the office reads. */

const AT = new Date('2026-03-13T09:30:00+07:00');
const { times } = NOTHING_ELSE.handover;
const words = new Dictionary(loadLocales()).in('vi');
let directory: OrgDirectory;
let thread: Thread;

beforeAll(async () => {
  directory = await OrgDirectory.load(orgRepo(officeDocs()));
  const given = { id: 'ta', kind: 'citizen', unit: '99001', desk: '99001', by: 'zalo:9' } as const;
  const fresh = newThread({ ...given, topic: 'không nhận được mã', at: AT, promised: true }, times);
  const [post] = directory.officesOf(OFFICER, AT);
  const taken = take(fresh, { office: post?.id ?? '', user: OFFICER }, AT, times);
  if (!taken) throw new Error('nobody took it');
  thread = taken;
});

function turnWith(reach: Partial<Reachable>): HandoverTurn {
  const reachable = { byText: true, atAll: true, free: true, freeUntil: null, ...reach };
  const handover = { ...NOTHING_ELSE.handover, reachable: async () => reachable };
  let acts = 0;
  return {
    ...{ user: OFFICER, at: AT, words, memo: new Map() },
    deps: { ...NOTHING_ELSE, directory, handover } as unknown as DialogDeps,
    effectId: () => `e:${(acts += 1)}`,
    event: { id: 'e', kind: 'text', text: '', secrets: [], codeHash: null, arrivedAt: AT, eventAt: AT },
  } as unknown as HandoverTurn;
}

const textOf = ({ move }: Awaited<ReturnType<typeof answerPerson>>): string =>
  move.to === 'here' ? (move.say?.text ?? '') : '';

it('closed window: the answer goes as an approved template with a button, and the officer is told to call', async () => {
  const result = await answerPerson(turnWith({ byText: false, free: false }), thread, 'bác ra xã nhé');
  expect(textOf(result)).toContain('tin mẫu báo có trả lời');
  expect(textOf(result)).toContain('gọi điện hoặc gặp trực tiếp');
  const [saved] = result.effects as readonly SaveThreadEffect[];
  expect(saved?.write.tell[0]).toMatchObject({ to: 'zalo:9', purpose: 'notice' });
  expect(saved?.write.tell[0]?.template).toBeTruthy();
});

it('closed for good: nothing is sent or counted as an answer, and the officer is told to call', async () => {
  const result = await answerPerson(turnWith({ byText: false, atAll: false }), thread, 'bác ra xã nhé');
  expect(textOf(result)).toContain('gọi điện hoặc gặp trực tiếp');
  expect(result.effects ?? []).toEqual([]);
});

it('open window: the officer sees how long the person can be written to for nothing', async () => {
  const freeUntil = new Date(AT.getTime() + 5 * 3_600_000);
  const result = await answerPerson(turnWith({ freeUntil }), thread, 'bác ra xã nhé');
  expect(textOf(result)).toContain('Còn 5 giờ nhắn được không mất phí');
  expect((result.effects as readonly SaveThreadEffect[])[0]?.write.tell[0]).toMatchObject({
    purpose: 'reply',
  });
});

it('a note is for the office: the person is told nothing, whoever looks at the talk reads it', async () => {
  const turn = turnWith({});
  const result = await noteOn(turn, thread, 'đã gọi, hẹn chiều ra xã');
  expect(textOf(result)).toContain('người hỏi không thấy');
  const [saved] = result.effects as readonly SaveThreadEffect[];
  expect(saved?.write.tell).toEqual([]);
  const after = saved?.write.after;
  if (!after) throw new Error('nothing was written');
  expect(after.answeredAt).toBeNull();
  expect(textOf(await showThread(turn, after, 1))).toContain('ghi chú: đã gọi, hẹn chiều ra xã');
});
