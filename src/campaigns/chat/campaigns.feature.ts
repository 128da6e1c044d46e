import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, type Command, type Message } from '../../dialogs/feature';
import { isAsked } from '../../dialogs/unfinished';
import { isIssuer } from '../../directives/chat/order-commands';
import { campaignPayload, readCampaignTap } from '../campaign-words';
import { answerFor, byTap, results } from './campaign-answers';
import { campaignSlots } from './campaign-draft';
import campaign from './campaign.dialog';
import { gaps } from './equipment-gaps';
import {
  asksResults,
  readAnnouncement,
  readBareNumber,
  readCampaign,
  readCounted,
  type SaidCampaign,
} from './read-campaign';

/** Surveys and head-counts in chat: asking villages, answering, and what came of it. */

const ask: Command<DialogDeps> = command<DialogDeps, SaidCampaign>({
  id: 'ask-villages',
  says: [
    'khảo sát Nhà văn hóa có Internet không?, xã Tiên Lục, đến 22/3',
    'khảo sát các xã miền núi, đến 22/3: nhà văn hóa có loa không?',
    'khảo sát trang thiết bị, các xã miền núi, đến 15/4',
    'khảo sát',
    'tạo khảo sát',
    'điểm danh số người đang ở nhà văn hóa, xã Tân Hòa, đến 16h hôm nay',
    'điểm danh',
  ],
  help: 72,
  for: isIssuer,
  strong: true,
  // The closing day is read again with the time of the turn; here it only matters that somebody is asked.
  read: ({ text }) => readCampaign(text, new Date(0)),
  async run(turn, { text }) {
    const said = readCampaign(text, turn.at);
    if (!said) return null;
    const notes =
      said.closes !== null && said.closes.kind !== 'at'
        ? [turn.words.t(`campaigns:closes_${said.closes.kind}`)]
        : [];
    return { notes, move: { to: 'dialog', dialog: 'campaign', slots: campaignSlots(turn, said) } };
  },
});

const counted: Command<DialogDeps> = command<DialogDeps, number>({
  id: 'answer-head-count',
  says: ['điểm danh 34', 'điểm danh 34 người', 'em điểm danh 34 người ạ', 'điểm danh: 34', 'diem danh 0'],
  strong: true,
  read: ({ typed }) => readCounted(typed),
  async run(turn, _message, value) {
    const open = (await turn.deps.campaigns.openFor(turn.user, turn.at)).filter(
      (one) => one.campaign.kind === 'count',
    );
    return open.length === 0 ? sentence(turn, 'campaigns:nothing_open') : answerFor(turn, open, `N${value}`);
  },
});

const announce: Command<DialogDeps> = command<DialogDeps, SaidCampaign>({
  id: 'announce',
  says: [
    'thông báo toàn xã: họp thôn ở nhà văn hóa',
    'thông báo thôn Đông Lâm, thôn Ngọc Trì: sáng mai cắt điện',
    'gửi thông báo toàn xã: mai nghỉ lễ',
    'thông báo',
    'thong bao toan xa: sang mai hop',
  ],
  help: 73,
  for: isIssuer,
  strong: true,
  // «Báo toàn xã 12 tổ» under a question is a figure.
  read: ({ typed, conversation }) =>
    isAsked(conversation) && /^[^:]{0,40}\d[^:]{0,15}$/.test(typed) ? null : readAnnouncement(typed),
  run: async (turn, _message, said) => ({
    move: { to: 'dialog', dialog: 'campaign', slots: campaignSlots(turn, said) },
  }),
});

const seen = command<DialogDeps, 'asked' | 'announced'>({
  id: 'survey-results',
  tells: true,
  says: [
    'kết quả khảo sát',
    'xem kết quả khảo sát',
    'kết quả điểm danh',
    'tiến độ khảo sát',
    'cho em xem kết quả khảo sát',
    'kết quả thông báo',
    'ai chưa xem thông báo',
  ],
  for: isIssuer,
  strong: true,
  read: ({ typed }) => asksResults(typed),
  async run(turn, _message, what) {
    const all = await turn.deps.campaigns.ofAsker(turn.user, turn.at);
    const [newest, ...others] = all.filter(
      ({ kind }) => (kind === 'announcement') === (what === 'announced'),
    );
    if (!newest)
      return sentence(turn, what === 'announced' ? 'campaigns:announce.none' : 'campaigns:results.none');
    if (others.length === 0) return results(turn, newest);
    const choices = [newest, ...others].slice(0, 4).map((one, i) => ({
      id: `K${i + 1}`,
      label: one.question.slice(0, 20),
      command: campaignPayload(one.id, 'XEM'),
    }));
    return sentence(turn, 'campaigns:results.which', {}, choices);
  },
});

const lacking: Command<DialogDeps> = {
  id: 'equipment-gaps',
  tells: true,
  says: [
    'thiếu thiết bị',
    'thôn nào thiếu thiết bị',
    'danh sách thôn thiếu thiết bị',
    'nhà văn hóa nào thiếu thiết bị',
    'thiếu máy tính, Internet',
    'thôn nào chưa có máy tính',
    'nhà văn hóa nào chưa có Internet',
    'thieu thiet bi',
  ],
  help: 74,
  for: isIssuer,
  run: (turn) => gaps(turn),
};

const button: Command<DialogDeps> = {
  id: 'survey-button',
  button: '#KS',
  says: [],
  run: async (turn, { tap }) => {
    const tapped = readCampaignTap(tap ?? '');
    return tapped ? byTap(turn, tapped) : sentence(turn, 'campaigns:not_yours');
  },
};

/** A number alone answers a head-count only when its question is what was shown last and nothing else is asked. */
async function otherwise(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  const value = readBareNumber(message.typed);
  if (value === null || isAsked(message.conversation)) return null;
  const shown = await turn.deps.shown(turn.user, 0, turn.event);
  const tapped = shown?.startsWith('#KS_') ? readCampaignTap(shown.slice('#KS_'.length)) : null;
  return tapped ? byTap(turn, { ...tapped, act: `N${value}` }) : null;
}

export default defineFeature<DialogDeps>({
  id: 'campaigns',
  commands: [ask, announce, counted, seen, lacking, button],
  dialogs: [campaign],
  otherwise,
});
