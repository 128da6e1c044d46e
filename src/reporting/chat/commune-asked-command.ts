import type { Say, Turn } from '../../conversation/dialog';
import { answer } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { vnDay } from '../../kernel/vn-time';
import { personOf, placeName, oversees } from '../../org/chat/people';
import { COMMUNE_FORM, factsOf, periodMeant } from './report-facts';
import { overviewOf } from './status-overview';
import { standing } from './village-asked';

/** «Xã Tiên Lục nộp chưa»: how one commune stands, its own report and its villages, for those above it. */

const ASKED =
  /^(?:(?:da|em|cho|toi|chi|anh|hoi|xem|the|bao cao|bc|cua|tinh hinh) )*((?:xa|phuong) .{1,50}?)(?: (?:da )?(?:nop|gui|bao cao|bao|xong|lam)(?: (?:bao cao|so lieu|bai|so|duoc|xong))*(?: (?:roi|hay|thang nay))* (?:chua|khong|ko|k)| (?:nop|bao cao) (?:den dau|the nao)| (?:den dau|the nao|ra sao|tien do)(?: roi)?)(?: (?:em|a|nhi|vay|the|ha|ban|bot))*$/;
const NOT_A_NAME = /(?:^| )(?:nao|may|toi|em|minh|bac|chau|do|nay|kia|ai|bao nhieu|nhan|duyet|xem)(?: |$)/;

/** The commune as typed, with its kind; null when the message asks no such thing. */
export function communeAskedIn(fold: string): string | null {
  const place = ASKED.exec(fold.replace(/\s+/g, ' ').trim())?.[1]?.trim();
  return place === undefined || NOT_A_NAME.test(place) ? null : place;
}

export const communeAsked: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'commune-asked',
  says: [
    'xã Tân Hòa nộp chưa',
    'phường Bắc Giang báo cáo chưa',
    'hỏi xã Tiên Lục đã nộp chưa',
    'xã Tân Hòa đến đâu rồi',
    'xa tien luc gui so lieu chua',
  ],
  for: oversees,
  read: ({ fold }) => communeAskedIn(fold),
  run: async (turn, _message, place) => answer(await communeAnswer(turn, place)),
});

async function communeAnswer(turn: Turn<DialogDeps>, place: string): Promise<Say> {
  const { words, deps, at } = turn;
  const person = personOf(turn);
  const hits = person.overseeing.flatMap((office) =>
    deps.directory.tree
      .find(place, vnDay(at), { under: office.unit, level: 'commune' })
      .map(({ code }) => ({ office, code })),
  );
  const [hit] = hits;
  if (!hit) return { text: words.t('officer:not_your_place', person.vars) };
  const codes = [...new Set(hits.map(({ code }) => code))];
  if (codes.length > 1)
    return {
      text: words.t('officer:which_village', {
        ...person.vars,
        names: codes.map((code) => placeName(deps, code, at)).join(', '),
      }),
    };
  return communeStanding(turn, hit.code);
}

/** The same of the commune with this code. */
export async function communeStanding(turn: Turn<DialogDeps>, commune: string): Promise<Say> {
  const day = vnDay(turn.at);
  const { tree } = turn.deps.directory;
  const office = personOf(turn).overseeing.find(({ unit }) => tree.isWithin(commune, unit, day));
  if (!office) return { text: turn.words.t('officer:not_your_place', personOf(turn).vars) };
  const facts = await factsOf(turn, commune, periodMeant(turn.at), COMMUNE_FORM);
  const below = await overviewOf(turn, { ...office, unit: commune });
  return { text: facts ? `${standing(turn, facts)}\n\n${below}` : below };
}
