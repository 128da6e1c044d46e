import type { Choice, Turn } from '../../conversation/dialog';
import { capital } from '../../kernel/vn-text';
import { momentShort } from '../../kernel/moment';
import { monthTimes } from '../deadlines';
import type { Report } from '../report';
import type { DialogDeps } from '../../dialogs/deps';
import { numberOf, type Facts } from './report-facts';
import { contactName, superiorOf } from '../../org/chat/people';
import { reportVars, figureName, valueText } from './report-texts';
import { speakerName } from './report-second';
import { communeWord } from './places';

/** What a leader reads once the report is sent. */

/** Until when the commune looks at it: while the village may still correct it; what came late, before the commune itself sends. */
function lookedAtUntil({ deps }: Turn<DialogDeps>, { key, times }: Facts, { late }: Report): Date {
  return late ? monthTimes(deps.settings.calendars, key.period).commune.deadline : times.lockAt;
}

/** «1) 418 2) 5 3) 121 4) 14» */
function shortFigures(turn: Turn<DialogDeps>, facts: Facts, report: Report): string {
  return facts.form.figures
    .filter(({ id }) => report.figures[id] !== undefined)
    .map(({ id }) => `${numberOf(facts, id)}) ${valueText(turn, report.figures[id])}`)
    .join(' ');
}

/** The receipt: what was sent, when, for which place and month, who looks at it next and until when. */
export function receiptText(turn: Turn<DialogDeps>, facts: Facts, report: Report): string {
  const { words, deps } = turn;
  const vars = reportVars(turn, facts);
  const superior = contactName(words, deps, facts.key.unit, turn.at);
  const looks = superiorOf(deps, facts.key.unit, turn.at).office !== null;
  const missing = facts.asked.filter((figure) => report.figures[figure.id]?.status === 'missing');
  const first = words.t('reports:sent', {
    ...vars,
    moment: momentShort(words, report.submittedAt ?? turn.at),
    receipt: report.receipt ?? '',
    figures: shortFigures(turn, facts, report),
    late: report.late ? words.t('reports:sent_late', vars) : '',
    next: words.t(`reports:${looks ? 'sent_next' : 'sent_nobody'}`, {
      ...vars,
      superior: capital(superior),
      until: momentShort(words, lookedAtUntil(turn, facts, report)),
      kind: communeWord(turn, facts.key.unit),
    }),
  });
  const lines = [first];
  if (missing.length > 0)
    lines.push(
      words.t('reports:sent_missing', {
        ...vars,
        names: missing.map((figure) => figureName(turn, figure.id)).join(', '),
        number: numberOf(facts, missing[0]?.id ?? ''),
      }),
    );
  if (deps.settings.undoMinutes > 0)
    lines.push(words.t('reports:sent_undo', { ...vars, minutes: deps.settings.undoMinutes }));
  return lines.join('\n');
}

/** «Hoàn tác», bound to the act it takes back: after another act it is an old button. */
export function undoChoices(turn: Turn<DialogDeps>, facts: Facts): Choice[] {
  return turn.deps.settings.undoMinutes > 0
    ? [{ id: `UNDO${facts.report?.acts.length ?? 0}`, label: turn.words.t('reports:buttons.undo') }]
    : [];
}

/** The report with the commune, and who sent it when somebody above did; `figures`: its lines. */
export function sentScreen(turn: Turn<DialogDeps>, facts: Facts, figures: string): string {
  const sent = facts.report?.acts.findLast((act) => act.kind === 'submit' || act.sent === true);
  const own = sent === undefined || sent.kind === 'submit';
  return turn.words.t(own ? 'reports:already_sent' : 'reports:already_sent_for', {
    ...reportVars(turn, facts),
    who: sent ? speakerName(turn, facts, sent.by) : '',
    moment: momentShort(turn.words, facts.report?.submittedAt ?? turn.at),
    receipt: facts.report?.receipt ?? '',
    figures,
  });
}
