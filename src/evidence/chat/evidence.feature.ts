import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature } from '../../dialogs/feature';
import { momentShort } from '../../kernel/moment';
import { about, approvesSomething } from '../../reporting/chat/approval-wishes';
import { approves, factsOfRef, refOfKey } from '../../reporting/chat/approval-facts';
import { aboutReport, checkVars, nameOf } from '../../reporting/chat/approval-texts';
import { numberOf, type Facts } from '../../reporting/chat/report-facts';
import { speakerName } from '../../reporting/chat/report-second';
import type { Evidence } from '../evidence';
import { PAGE, pageOf, showable } from '../showing';
import type { ShowEvidence } from './evidence-effects';
import { tasks } from './task-evidence-command';

/** What an officer says to open the pictures and papers that were sent beside a report. Only whoever approves the report may. */

const PICTURE = '(?:hình ảnh|hinh anh|ảnh chụp|anh chup|ảnh|anh|hình|hinh|minh chứng|minh chung)';
const BEHIND =
  '(?:\\s+(?:điểm danh|diem danh|minh chứng|minh chung|kèm theo|kem theo|kèm|kem|của|cua|báo cáo|bao cao))*';
/** A picture for a directive or a task is not of a report. */
const DOCUMENT = '(?:nhiệm vụ|nhiem vu|công văn|cong van|văn bản|van ban|chỉ đạo|chi dao|cv)';
const OPEN = '(?:xem|mở|mo|coi|cho\\s+(?:(?:tôi|toi|em|chị|chi|anh)\\s+)?xem)';
const SEE = new RegExp(
  `^${OPEN}\\s+(?:(?:lại|lai|các|cac)\\s+)?${PICTURE}${BEHIND}\\s+((?!\\d{3}|(?:(?:của|cua)\\s+)?${DOCUMENT}\\s).{1,70}?)(?:\\s+(?:đã gửi|da gui|gửi|gui|nộp|nop))?$`,
  'iu',
);

async function show(turn: Turn<DialogDeps>, facts: Facts, page: number): Promise<StepResult> {
  if (!approves(turn, facts)) return sentence(turn, 'officer:no_right');
  const all = await turn.deps.evidence.of(facts.key);
  if (all.length === 0) return sentence(turn, 'evidence:none', checkVars(turn, facts));
  const { shown, left } = pageOf(all, page);
  const effect: ShowEvidence = {
    ...{ kind: 'evidence.show', id: turn.effectId(), to: turn.user, subject: facts.key },
    ...{ pieces: shown.map(({ id }) => id), at: turn.at, eventId: turn.event.id },
  };
  const text = [
    ...(shown.length > 0
      ? [turn.words.t('evidence:shown', { ...checkVars(turn, facts), count: shown.length })]
      : []),
    ...shown.map((piece, n) => line(turn, facts, piece, page * PAGE + n + 1)),
    ...notShown(turn, facts, all),
  ].join('\n');
  const more: Choice[] = left > 0 ? [moreChoice(turn, facts, left, page + 1)] : [];
  return {
    ...answer({ text, choices: [...more, aboutReport(turn, 'REPORT', '#XEMBC', facts)] }),
    effects: shown.length > 0 ? [effect] : [],
  };
}

function moreChoice(turn: Turn<DialogDeps>, facts: Facts, left: number, page: number): Choice {
  const label = turn.words.t('evidence:more', { count: left });
  return { id: 'MORE', label, command: `#XEMANH_${refOfKey(facts.key)}/${page}` };
}

/** «1. Ảnh, bác Tư gửi lúc 20:14 ngày 15/3 – câu 3, lượt người dự». */
function line(turn: Turn<DialogDeps>, facts: Facts, piece: Evidence, number: number): string {
  const { words } = turn;
  const of = facts.form.figures.find(({ id }) => id === piece.figure);
  return words.t('evidence:line', {
    number,
    kind: words.t(`evidence:kind.${showable(piece)?.as ?? 'file'}`),
    who: speakerName(turn, facts, piece.by),
    moment: momentShort(words, piece.at),
    figure: of
      ? words.t('evidence:of_figure', { number: numberOf(facts, of.id), name: nameOf(turn, facts, of.id) })
      : '',
  });
}

/** A sentence for each reason for which pieces are not shown. */
function notShown(turn: Turn<DialogDeps>, facts: Facts, all: readonly Evidence[]): string[] {
  const hidden = all.filter((piece) => showable(piece) === null);
  const why = { kept: 'not_sendable', waiting: 'waiting', lost: 'lost' } as const;
  return (['kept', 'waiting', 'lost'] as const).flatMap((state) => {
    const count = hidden.filter((piece) => piece.state === state).length;
    return count > 0 ? [turn.words.t(`evidence:${why[state]}`, { ...checkVars(turn, facts), count })] : [];
  });
}

const seeEvidence = command<DialogDeps, { readonly place: string; readonly ref: string }>({
  id: 'see-evidence',
  button: '#XEMANH',
  says: [
    'xem ảnh thôn Đông Lâm',
    'xem ảnh điểm danh thôn Ngọc Trì',
    'cho tôi xem ảnh của thôn Gò Me',
    'mở ảnh kèm báo cáo thôn Đông Lâm',
    'xem hình thôn Gò Me gửi',
    'xem anh thon dong lam',
  ],
  for: approvesSomething,
  strong: true,
  help: 47,
  read: ({ typed }) => {
    const place = SEE.exec(typed)?.[1];
    return place === undefined ? null : { place, ref: '' };
  },
  tapped: (rest) => ({ place: '', ref: rest }),
  async run(turn, message, { place, ref }) {
    if (ref === '') return about(turn, message, place, (facts) => show(turn, facts, 0));
    const facts = await factsOfRef(turn, ref.split('/').slice(0, 3).join('/'));
    return facts ? show(turn, facts, Number(ref.split('/')[3]) || 0) : sentence(turn, 'officer:no_right');
  },
});

export default defineFeature<DialogDeps>({ id: 'evidence', commands: [seeEvidence, tasks], dialogs: [] });
