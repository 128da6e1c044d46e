import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { momentShort, monthName } from '../../kernel/moment';
import { clipped, formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { placeName } from '../../org/chat/people';
import { unitNameWithin } from '../../org/names';
import type { Candidate, Evidence } from '../shortlist';

/** The words of what was measured and of who proposed it: each with where it comes from. */

/** What a line of the list shows of the words of whoever proposes; the whole is in their report. */
const ACHIEVED_MAX = 90;
const PROOF_MAX = 60;

/** «đúng hạn 3/3 tháng (báo cáo tháng 1 đến tháng 3); 14 buổi học, 320 lượt (từ 3/3 tháng)» */
export function evidenceText(turn: Turn<DialogDeps>, evidence: Evidence): string {
  const { words, at } = turn;
  const { months, onTime, classes, learners, growth } = evidence;
  const span = { from: monthName(words, evidence.from, at), to: monthName(words, evidence.to, at) };
  const parts = [
    words.t(`recognition:evidence.${evidence.from === evidence.to ? 'month' : 'on_time'}`, {
      ...{ onTime, months, ...span },
    }),
  ];
  if (classes)
    parts.push(
      words.t('recognition:evidence.classes', {
        ...{ classes: formatCount(classes.value), known: classes.months, months },
        learners: learners ? formatCount(learners.value) : '–',
      }),
    );
  if (growth)
    parts.push(
      words.t('recognition:evidence.growth', {
        ...{ from: formatCount(growth.from), to: formatCount(growth.to) },
      }),
    );
  return parts.join('; ');
}

/** One line of the list, with its evidence and its sources. */
export function candidateLine(turn: Turn<DialogDeps>, candidate: Candidate, number: number): string {
  const { words, deps, at } = turn;
  const { nomination, unit, evidence } = candidate;
  const measured = evidence ? evidenceText(turn, evidence) : words.t('recognition:evidence.none');
  const { tree } = deps.directory;
  if (!nomination)
    return words.t('recognition:line.figures', {
      ...{ number, evidence: measured },
      name: unit === null ? '' : unitNameWithin(tree, unit, vnDay(at)),
    });
  const { kind, name, sentAt, receipt } = nomination;
  // What was measured when it was proposed is measured again here.
  const own = nomination.evidence?.startsWith(words.t('recognition:evidence.measured', { evidence: '' }));
  const proof =
    nomination.evidence === null || own
      ? ''
      : words.t('recognition:line.proof', { proof: clipped(nomination.evidence, PROOF_MAX) });
  const achievement = clipped(nomination.achievement, ACHIEVED_MAX);
  return words.t('recognition:line.proposed', {
    ...{ number, name, achievement, proof, evidence: measured },
    kind: words.t(`recognition:kinds.${kind}`),
    by: placeName(deps, nomination.by, at),
    sent: momentShort(words, sentAt),
    receipt: receipt ?? '',
  });
}
