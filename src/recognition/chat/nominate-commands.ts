import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { moment } from '../../kernel/moment';
import { capital, foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { personOf, placeName, type Person } from '../../org/chat/people';
import { mayActFor } from '../../org/rights';
import { unitsActedFor } from '../../org/roles';
import { timesOf } from '../../reporting/deadlines';
import { owes } from '../../reporting/form';
import { formOf } from '../../reporting/forms';
import type { ReportEffect } from '../../reporting/report-effect';
import type { ReportKey } from '../../reporting/report';
import { entriesAnswer, type EntryRow } from '../../reporting/values';
import { AWARDS } from '../recognition.service';
import { placeMeant } from '../shortlist';
import { evidenceText } from './recognition-texts';

/**
 * «đề nghị khen tập thể thôn Đông Lâm: mở 5 buổi học mỗi tháng»: a line of what the commune or agency proposes for the awards,
 * with what is measured of the place beside it. It is kept in that report, which its officer sends and the department
 * approves.
 */

interface Said {
  readonly kind: 'collective' | 'individual';
  readonly name: string;
  readonly achievement: string;
}

const NOMINATE =
  /^(?:(?:cho|toi|em|xin|xa|phuong|da) )*(?:de nghi khen(?: thuong)?|de cu khen(?: thuong)?)(?: (?:cho|tang))? (?:(tap the|ca nhan) )?/;
const LONGEST = 200;

/** What stands behind the words: the kind, the name up to the colon, and what was achieved. Null: it is another message. */
export function readNomination(typed: string): Said | null {
  const text = typed.normalize('NFC').trim();
  const fold = foldText(text);
  const found = NOMINATE.exec(fold);
  if (!found) return null;
  const rest = [...text].slice(found[0].length).join('');
  const colon = rest.search(/[:：]/u);
  const name = (colon < 0 ? rest : rest.slice(0, colon)).trim();
  const achievement = (colon < 0 ? '' : rest.slice(colon + 1)).trim();
  // «đề nghị khen thôn nào» asks whom to propose.
  if (name === '' || /(?<![a-z])(?:nao|ai|gi)$/.test(foldText(name))) return null;
  return { kind: found[1] === 'ca nhan' ? 'individual' : 'collective', name, achievement };
}

/** The post that proposes for a commune or an agency. */
export function proposes({ offices }: Person): boolean {
  return offices.some(({ role }) => formOf(AWARDS).reporters.includes(role));
}

export const nominate = command<DialogDeps, Said>({
  id: 'nominate',
  says: [
    'đề nghị khen tập thể thôn Đông Lâm: mở 5 buổi học mỗi tháng',
    'đề nghị khen cá nhân Nguyễn Văn An: dạy 12 buổi cho người cao tuổi',
    'đề nghị khen thưởng thôn Ngọc Trì: đúng hạn cả năm',
    'đề nghị khen thôn Gò Me: hỗ trợ tận nhà 40 hộ',
    'de nghi khen tap the thon dong lam: dung han ca nam',
  ],
  for: proposes,
  strong: true,
  help: 78,
  read: ({ typed }) => readNomination(typed),
  async run(turn, { person }, said) {
    const key = keyOf(turn, person);
    if (!key) return sentence(turn, 'recognition:not_yours');
    const { words, deps, at } = turn;
    const times = timesOf(formOf(AWARDS), deps.settings.calendars, AWARDS);
    const until = moment(words, times.deadline);
    if (at >= times.lockAt) return sentence(turn, 'recognition:nominate.closed', { until });
    if (said.achievement === '') return sentence(turn, 'recognition:nominate.why', { name: said.name });
    return proposed(turn, key, said, until);
  },
});

async function proposed(
  turn: Turn<DialogDeps>,
  key: ReportKey,
  said: Said,
  until: string,
): Promise<StepResult> {
  const { words, deps, at } = turn;
  const report = await deps.reports.get(key);
  const known = report?.figures['nominations'];
  if (known?.state === 'approved') return sentence(turn, 'recognition:nominate.approved');
  const rows: readonly EntryRow[] = known?.detail?.kind === 'entries' ? known.detail.rows : [];
  if (rows.some((row) => row['name'] === said.name && row['kind'] === said.kind))
    return sentence(turn, 'recognition:nominate.already', { Name: capital(said.name) });
  const { tree } = deps.directory;
  const unit = said.kind === 'collective' ? placeMeant(tree, key.unit, said.name, vnDay(at)) : null;
  const found = unit === null ? null : await deps.recognition.evidenceFor(unit, at);
  const measured = found ? evidenceText(turn, found) : null;
  const evidence =
    measured === null ? null : words.t('recognition:evidence.measured', { evidence: measured });
  const row = { kind: said.kind, name: said.name, achievement: said.achievement.slice(0, LONGEST), evidence };
  const effect: Extract<ReportEffect, { kind: 'report.answer' }> = {
    ...{ kind: 'report.answer', id: turn.effectId(), key, by: turn.user, at, eventId: turn.event.id },
    ...{ onBehalf: false, figures: [entriesAnswer('nominations', [...rows, row])] },
  };
  const vars = {
    ...{ name: said.name, achievement: row.achievement, until, count: rows.length + 1 },
    unit: placeName(deps, key.unit, at),
    kind: words.t(`recognition:kinds.${said.kind}`),
    evidence: measured
      ? words.t('recognition:nominate.with', { evidence: measured })
      : words.t('recognition:nominate.without', personOf(turn).vars),
  };
  const { opensAt } = timesOf(formOf(AWARDS), deps.settings.calendars, AWARDS);
  const open = [
    {
      id: 'REPORT',
      label: words.t('recognition:buttons.send'),
      command: `#BAOCAO_${AWARDS}_${key.unit}`.toUpperCase(),
    },
  ];
  return {
    ...sentence(turn, 'recognition:nominate.done', vars, at < opensAt ? [] : open),
    effects: [effect],
  };
}

/** The person's own report of nominations: of their commune or agency. */
function keyOf({ deps, at }: Turn<DialogDeps>, { offices }: Person): ReportKey | null {
  const form = formOf(AWARDS);
  const { tree } = deps.directory;
  for (const post of offices)
    for (const code of unitsActedFor(post)) {
      const unit = tree.get(code, vnDay(at));
      if (
        unit &&
        form.reporters.includes(post.role) &&
        owes(form, unit) &&
        mayActFor(offices, tree, code, at)
      )
        return { form: form.id, period: form.id, unit: code };
    }
  return null;
}
