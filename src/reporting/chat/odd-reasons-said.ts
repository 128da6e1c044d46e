import type { Choice, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { foldText } from '../../kernel/vn-text';
import { readAct } from '../../understanding/acts';
import { endsAsking } from '../../understanding/asking';
import { hasStopWord } from '../../understanding/stop';
import type { FigureDef } from '../form';
import { oddReasons } from '../odd-reasons';

/** Why a value is unlike the months before: what is offered for this figure and which way it went, and what is said in words. */

const EXPLAINS =
  /(?:^| )(?:vi|do|tai|nen|gop|dot|hoi lang|le hoi|chien dich|cao diem|dong|mo nhieu|hoc nhieu|phat dong|tap huan|chuyen di|sap nhap|tam nghi|nghi hoc|lop nghi|(?:thang|lan|ky) truoc (?:ghi |bao |dem |tinh )?nham)(?: |$)/;

/** What people say for a reason that is offered. */
const SAID: Readonly<Record<string, RegExp>> = {
  several_months: /(?:^| )gop(?: |$)/,
  campaign: /(?:^| )(?:cao diem|chien dich|phat dong)(?: |$)/,
  moved_away: /(?:^| )(?:chuyen di|chuyen nha|di lam an xa|chuyen ho khau)(?: |$)/,
  class_paused: /(?:^| )(?:tam nghi|lop nghi|nghi hoc|nghi tet|nghi le)(?: |$)/,
  merged: /(?:^| )(?:sap nhap|giai the)(?: |$)/,
  last_wrong: /(?:^| )(?:thang|lan|ky) truoc (?:ghi |bao |dem |tinh )?(?:nham|sai|thua)(?: |$)/,
};

/** «Có hội làng nên đông», «tháng trước ghi nhầm»: why the value is so; which reason is noted is asked. */
export function givesReason(text: string): boolean {
  const fold = foldText(text);
  return (
    !/\d/.test(fold) &&
    !hasStopWord(text) &&
    !endsAsking(text) &&
    readAct(text) === null &&
    EXPLAINS.test(fold)
  );
}

/** One of the reasons that are offered for this figure, said in words; null: none of them. */
export function reasonGiven(figure: FigureDef, fell: boolean, text: string): string | null {
  if (!givesReason(text)) return null;
  const fold = foldText(text);
  return oddReasons(figure, fell).find((reason) => SAID[reason]?.test(fold)) ?? null;
}

/** The reason behind a tapped button; null: another button, or none. */
export function reasonTapped(figure: FigureDef, fell: boolean, choice: string | null): string | null {
  return oddReasons(figure, fell).find((reason) => reason.toUpperCase() === choice) ?? null;
}

/** The reasons as buttons, «Lý do khác» last. */
export function reasonChoices({ words }: Turn<DialogDeps>, figure: FigureDef, fell: boolean): Choice[] {
  return [
    ...oddReasons(figure, fell).map((id) => ({
      id: id.toUpperCase(),
      label: words.t(`reports:reasons.${id}`),
    })),
    { id: 'OTHER_REASON', label: words.t('reports:buttons.other_reason') },
  ];
}

/** A reason as people read it: one that was offered in its words, one of their own as it was said. */
export function reasonWords({ words }: Turn<DialogDeps>, reason: string): string {
  const known = `reports:reasons.${reason}`;
  return /^[a-z_]+$/.test(reason) && words.has(known) ? words.t(known) : reason;
}
