import type { Choice, StepResult } from '../../conversation/dialog';
import { answer, say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { clipped } from '../../kernel/vn-text';
import { callSomebody, contactName, personOf } from '../../org/chat/people';
import { deskOf, postFor, takersAt } from '../desk';
import type { Thread } from '../thread';
import { rate, reopen } from '../thread-acts';
import { backToBot } from './in-talk';
import { nearby } from './nearby';
import { openTalks } from './hand-over.dialog';
import { deskName, holderName, personName, templateOf, threadChoice, timeOf } from './thread-words';
import { wantsPerson } from './wants-person';
import { openEffect, saveEffect, sayTo, type HandoverTurn } from './turn-threads';

/** What anybody can say to reach a human, to go back to the bot, and to say how it went. */

export const human: Command<DialogDeps> = {
  id: 'human',
  button: '#GAPNGUOI',
  says: [
    'gọi điện thoại cho bác đi',
    'có cán bộ nào giúp tôi không',
    'cán bộ nào ở xã giúp tôi',
    'gọi cho tôi đi',
    'gọi điện lại cho bác',
    'bảo người gọi cho bác',
    'cho gặp ai đó ở xã',
    'nối máy cho cán bộ',
    'nhờ cán bộ gọi lại',
    'khó quá cho gặp người',
    'tôi muốn gọi điện hỏi',
    'gọi số nào để hỏi',
    'cho số để gọi',
    'gặp người',
    'gặp người thật',
    'cần gặp người',
    'gặp cán bộ',
    'gặp cán bộ xã',
    'gặp người hướng dẫn',
    'nói chuyện với người',
    'gọi cho tôi',
    'gọi lại cho tôi',
    'gọi điện cho tôi với',
    'gọi cán bộ xã',
    'gọi cho cán bộ',
    'gọi ai',
    'số điện thoại cán bộ xã',
    'cho xin số điện thoại cán bộ',
    'hỏi ai',
    'ai giúp tôi',
    'ai giúp tôi với',
    'nhờ ai giúp',
    'cần người giúp',
    'cần người hướng dẫn',
    'không biết nhắn tin',
    'tôi không biết dùng',
    'tôi không biết làm',
    'human',
    'talk to a person',
    'call me',
  ],
  help: 90,
  reads: ({ fold }) => wantsPerson(fold),
  run: async (turn, message) =>
    message.person.offices.length > 0 ? askAbove(turn) : askCitizen(turn, message),
};

/** «Gặp người hướng dẫn» of a citizen: their open talk, yesterday's once more, or a new one at their commune's desk. */
async function askCitizen(turn: HandoverTurn, message: Message): Promise<StepResult> {
  const [open] = await openTalks(turn);
  const last = open ?? (await turn.deps.handover.lastOf(turn.user, turn.at));
  if (!open && last?.standing.state === 'done' && last.answeredAt && message.tap !== 'MOI')
    return onceMore(turn, last);
  return handOver(turn, topicIn(turn, message), open?.desk ?? null);
}

/** `commune` null: the one they live in, asked for when it is not known. */
export function handOver(turn: HandoverTurn, topic: string, commune: string | null = null): StepResult {
  const home = commune ?? turn.deps.handover.communeOf(turn.user, turn.at);
  if (home === null)
    return { move: { to: 'dialog', dialog: 'commune', slots: { next: 'hand-over', topic } } };
  return { move: { to: 'dialog', dialog: 'hand-over', slots: { commune: home, topic } } };
}

function onceMore(turn: HandoverTurn, thread: Thread): StepResult {
  const name = holderName(turn.words, turn.deps, thread, turn.at);
  return answer({
    text: say(turn, 'handover:once_more', { name }),
    choices: [againChoice(turn, thread), otherMatter(turn)],
  });
}

/** «Hỏi tiếp chị Hạnh». */
export function againChoice(turn: HandoverTurn, thread: Thread): Choice {
  const name = holderName(turn.words, turn.deps, thread, turn.at);
  return {
    id: 'AGAIN',
    label: clipped(say(turn, 'handover:buttons.again', { name }), 20),
    command: `#NOITIEP_${thread.id.toUpperCase()}`,
  };
}

function otherMatter(turn: HandoverTurn): Choice {
  return { id: 'NEW', label: say(turn, 'handover:buttons.other_matter'), command: '#GAPNGUOI_MOI' };
}

/** What they were reading when they asked, so that the officer knows the matter. */
function topicIn(turn: HandoverTurn, { conversation }: Message): string {
  const frame = conversation.stack.findLast(({ dialog }) => dialog === 'article' || dialog === 'help-tree');
  const id = frame?.slots['id'] ?? frame?.slots['tree'];
  return turn.deps.articles(turn.words.locale).find((one) => one.id === id)?.title ?? '';
}

/** Of somebody with a post: the unit above theirs hears of it, and they may call at once. */
async function askAbove(turn: HandoverTurn): Promise<StepResult> {
  const { deps, words, at } = turn;
  const unit = personOf(turn).offices[0]?.unit ?? '';
  const desk = deskOf(deps.directory, 'stuck', unit, at);
  if (desk === unit) return sentence(turn, 'menu:human_unknown');
  const name = contactName(words, deps, unit, at);
  const call = personOf(turn).reporting.length > 0 ? await callSomebody(turn, unit) : [];
  // «Gọi cho tôi» always ends with a number, on a button or in words.
  const contact = call.length > 0 ? name : words.t('common:contact_or_hotline', { contact: name });
  const there = (await deps.handover.openOf(turn.user)).find((one) => one.kind === 'stuck');
  const promised = there
    ? there.promisedAt
    : takersAt(deps.directory, desk, at).length > 0
      ? deps.handover.times.promise(at)
      : null;
  const vars = {
    contact,
    desk: deskName(words, deps, desk, at),
    until: promised ? timeOf(words, promised, at) : '',
  };
  const key =
    promised === null ? 'handover:above.nobody' : there ? 'handover:above.again' : 'handover:above.told';
  return {
    ...answer({ text: say(turn, key, vars), choices: call }),
    effects: there ? [] : [openEffect(turn, turn.effectId(), { kind: 'stuck', unit, topic: '' })],
  };
}

export const again: Command<DialogDeps> = command({
  id: 'talk-again',
  button: '#NOITIEP',
  says: [],
  read: () => null,
  tapped: (rest) => rest.toLowerCase(),
  async run(turn, _message, id) {
    const thread = await turn.deps.handover.lastOf(turn.user, turn.at);
    const holder = thread?.standing.holder?.user ?? null;
    if (thread?.id !== id) return handOver(turn, '');
    const after = reopen(thread, turn.at, turn.deps.handover.times);
    const fits = after && holder !== null && postFor(turn.deps.directory, holder, thread.desk, turn.at);
    if (!fits || (await openTalks(turn)).length > 0) return handOver(turn, thread.topics[0] ?? '');
    const name = holderName(turn.words, turn.deps, thread, turn.at);
    const until = timeOf(turn.words, after.promisedAt ?? turn.at, turn.at);
    const person = personName(turn.words, turn.deps, thread, turn.at);
    const tell = {
      to: holder,
      text: sayTo(turn, holder, 'handover:told.again', { person, until }),
      choices: [threadChoice(turn.words, thread.id, '#TRALOI', 'answer')],
      purpose: 'notice' as const,
      template: templateOf(turn.words, turn.deps, after, holder, turn.at),
    };
    return {
      ...answer({ text: say(turn, 'handover:again', { name, until }) }),
      effects: [saveEffect(turn, thread, after, { tell: [tell] })],
    };
  },
});

export const toBot: Command<DialogDeps> = {
  id: 'talk-to-bot',
  button: '#BOTNOI',
  says: ['nói tiếp với bot', 'nói chuyện với bot', 'cho gặp lại bot', 'cho tôi nói với bot', 'hỏi bot'],
  async run(turn) {
    const thread = (await turn.deps.handover.openOf(turn.user)).find((one) => one.silentUntil !== null);
    return thread ? backToBot(turn, thread) : { move: { to: 'dialog', dialog: 'menu' } };
  },
};

/** One tap for the verdict; a bad one offers the next step. */
export const rating: Command<DialogDeps> = command({
  id: 'rate-talk',
  button: '#DANHGIA',
  says: [],
  read: () => null,
  tapped: (rest) => /^(\w+)_(GOOD|BAD)$/.exec(rest),
  async run(turn, _message, said) {
    const thread = await turn.deps.handover.get((said[1] ?? '').toLowerCase());
    const verdict = said[2] === 'GOOD' ? 'good' : 'bad';
    const after = thread?.by === turn.user ? rate(thread, verdict) : null;
    if (!thread || !after) return answer({ text: turn.words.t('common:old_button') });
    const choices = verdict === 'bad' ? [againChoice(turn, thread), otherMatter(turn)] : [];
    return {
      ...answer({ text: say(turn, `handover:rated.${verdict}`), choices }),
      effects: thread.rating === verdict ? [] : [saveEffect(turn, thread, after)],
    };
  },
});

/** «Trụ sở xã mới ở đâu», «công an phường Kinh Bắc ở chỗ nào», «địa chỉ bộ phận một cửa»: where an office is, and nothing that is done there. */
const WHERE_IS_OFFICE =
  /^(?:(?:cho|toi|bac|em|chau|hoi|xin|oi|a|da|biet|the|gio|bay gio) )*(?:dia chi (?:cua )?)?(?:cai )?(?:tru so|(?:don )?cong an|uy ban|ubnd|bo phan mot cua|mot cua|trung tam (?:phuc vu )?hanh chinh(?: cong)?)(?! (?:cap|bao|goi|hoi|nhan|doi|hen))(?: \S+){0,6}? (?:(?:nam |dat |cho |la )?o (?:dau|cho nao|duong nao|khu nao|thon nao|cho mo)|(?:cho|duong) nao)(?: (?:vay|the|a|em|chau|nhi|roi|sau sap nhap|bay gio|moi))*$|^(?:cho |xin |toi |bac |hoi )*dia chi (?:cua )?(?:tru so|cong an|uy ban|ubnd|bo phan mot cua|mot cua)(?: \S+){0,5}$/;

export const whoHelps: Command<DialogDeps> = {
  id: 'who-helps-here',
  tells: true,
  says: [
    'nơi giúp gần tôi',
    'gần tôi có chỗ nào giúp',
    'bộ phận một cửa của tôi ở đâu',
    'xã tôi ai giúp',
    'chỗ giúp gần nhà',
  ],
  reads: ({ fold }) => WHERE_IS_OFFICE.test(fold.trim().replace(/ +/g, ' ')),
  async run(turn) {
    const commune = turn.deps.handover.communeOf(turn.user, turn.at);
    if (commune === null) return { move: { to: 'dialog', dialog: 'commune' } };
    return answer(nearby(turn, commune));
  },
};

export const moveHouse: Command<DialogDeps> = {
  id: 'change-commune',
  says: ['đổi xã', 'đổi phường', 'đổi nơi ở', 'tôi chuyển nhà rồi', 'tôi ở xã khác rồi'],
  run: async () => ({ move: { to: 'dialog', dialog: 'commune' } }),
};
