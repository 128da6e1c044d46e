import { explainsGaps } from '../approvers';
import { holdsAbove } from '../../org/rights';
import type { Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { vnDay } from '../../kernel/vn-time';
import { placeName, type Person } from '../../org/chat/people';
import type { ExplainGap } from '../ledger';
import { EXPLANATIONS, VNEID_FIGURES, type Explanation, type VneidFigure } from '../vneid-ledger';
import { monthNamed } from '../period-meant';
import { POLICE_FORM, estimateOf, countIn, communeScreen, whyText, provinceScreen } from './vneid-screens';

/** «đối chiếu VNeID tháng 3»: what villages estimate beside what the police count, each indicator by itself. */

const compares = ({ offices, overseeing }: Person): boolean =>
  overseeing.length > 0 || offices.some(({ role }) => role === 'police');

const COMPARE =
  /^(?:(?:cho|toi|em|xem|lam) )*(?:doi chieu|so sanh|doi soat)(?: so lieu| so)? (?:vneid|hai nguon|so vneid|xac nhan vneid)(?: (?:cua )?thang (\d{1,2})(?: (?:nam )?(\d{4}))?)?(?: (?:xa|phuong) (.+))?$/;

export const compareVneid: Command<DialogDeps> = command({
  id: 'compare-vneid',
  says: [
    'đối chiếu VNeID tháng 3',
    'đối chiếu VNeID',
    'đối chiếu số liệu VNeID tháng 3',
    'đối soát VNeID tháng 3',
    'doi chieu vneid thang 3 xa Tân Hòa',
  ],
  help: 58,
  for: compares,
  read: ({ fold }) => COMPARE.exec(fold),
  async run(turn, { person }, [, month, year, place]) {
    const period = monthNamed(turn.at, month, year);
    const top = person.overseeing[0]?.unit ?? person.offices[0]?.unit;
    const unit = top === undefined ? null : unitSaid(turn, top, place);
    if (unit === null) return sentence(turn, 'officer:not_your_place');
    const level = turn.deps.directory.tree.getNearest(unit, vnDay(turn.at))?.level;
    return level === 'commune' ? communeScreen(turn, unit, period) : provinceScreen(turn, unit, period);
  },
});

function unitSaid(turn: Turn<DialogDeps>, top: string, place: string | undefined): string | null {
  if (place === undefined) return top;
  const hits = turn.deps.directory.tree.find(place, vnDay(turn.at), { under: top, level: 'commune' });
  return hits.length === 1 ? (hits[0]?.code ?? null) : null;
}

interface Tapped {
  readonly period: string;
  readonly unit: string;
  readonly figure: VneidFigure;
  readonly village: number;
  readonly police: number;
  readonly why: Explanation;
}

function readTapped(rest: string): Tapped | null {
  const [period = '', unit = '', figureSaid = '', village = '', police = '', whySaid = ''] = rest.split('/');
  const figure = VNEID_FIGURES.find((one) => one.toUpperCase() === figureSaid);
  const why = EXPLANATIONS.find((one) => one.toUpperCase() === whySaid);
  if (!figure || !why || !/^\d+$/.test(village) || !/^\d+$/.test(police)) return null;
  return { period, unit, figure, village: Number(village), police: Number(police), why };
}

export const explainGap: Command<DialogDeps> = command<DialogDeps, Tapped>({
  id: 'explain-gap',
  button: '#LECH',
  says: [],
  for: compares,
  read: () => null,
  tapped: readTapped,
  async run(turn, { person }, tapped) {
    const { tree } = turn.deps.directory;
    if (!holdsAbove(person.offices, tree, tapped.unit, explainsGaps(), turn.at))
      return sentence(turn, 'officer:not_your_place');
    const report = await turn.deps.reports.get({
      form: POLICE_FORM,
      period: tapped.period,
      unit: tapped.unit,
    });
    const village = await estimateOf(turn, tapped.unit, tapped.period, tapped.figure);
    const police = countIn(report, tapped.figure);
    if (village?.persons !== tapped.village || police?.parts.numerator !== tapped.police)
      return communeScreen(turn, tapped.unit, tapped.period);
    const effect: ExplainGap = {
      ...{ kind: 'vneid.explain', id: turn.effectId(), by: turn.user, at: turn.at, eventId: turn.event.id },
      ...tapped,
    };
    const vars = { unit: placeName(turn.deps, tapped.unit, turn.at), why: whyText(turn, tapped.why) };
    return { ...sentence(turn, 'ledger:noted', vars), effects: [effect] };
  },
});
