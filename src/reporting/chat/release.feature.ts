import type { Effect, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, type Command } from '../../dialogs/feature';
import { inVietnam } from '../../kernel/vn-time';
import { monthName } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import type { SendNotice } from '../../outbox/notice-effects';
import { addressVars, type Person } from '../../org/chat/people';
import { isPeriodOf, monthTimes } from '../deadlines';
import { isWaiting, releaseId, type Release } from '../release';
import type { MakeRelease, SettleRelease } from '../releases.service';
import { monthNamed, periodMeant } from './report-facts';
import { waitingReleases } from './release-waiting';
import { holdsSecondKey, SECOND_KEY } from './second-key';
import { labelOf, madeAt, personName, releaseVars } from './release-texts';

/** «chốt số tháng 3», «duyệt bản chốt 03/2026-1»: the province's figures of a month under a number, with two keys. */

const ofDepartment = ({ offices }: Person): boolean => offices.some(({ role }) => role === 'department');

interface Month {
  readonly period: string;
}

const MAKE =
  /^(?:chot|khoa) so(?: lieu)?(?: (?:cua |trong )?thang (\d{1,2})(?: (?:nam )?(\d{4}))?)?(?: (?:toan tinh|a|nhe|di))*$/;

const makeRelease: Command<DialogDeps> = command({
  id: 'make-release',
  says: [
    'chốt số tháng 3',
    'chốt số liệu tháng 3',
    'chốt số tháng 3/2026',
    'chốt số tháng 3 toàn tỉnh',
    'chot so thang 3',
  ],
  help: 56,
  for: ofDepartment,
  read: ({ fold, person }) => {
    const found = MAKE.exec(fold);
    return found && (found[1] !== undefined || ofDepartment(person)) ? found : null;
  },
  async run(turn, { person }, [, month, year]) {
    const period = monthNamed(turn.at, month, year);
    const named = {
      month: monthName(turn.words, period, turn.at),
      Month: capital(monthName(turn.words, period, turn.at)),
    };
    if (!isPeriodOf({ id: 'village-month', cadence: 'month' }, period)) return null;
    if (turn.at < monthTimes(turn.deps.settings.calendars, period).village.opensAt)
      return sentence(turn, 'release:not_yet', named);
    const waiting = (await turn.deps.releases.list(period)).find(isWaiting);
    return waiting ? show(turn, person, waiting.id) : make(turn, person, period);
  },
});

async function make(turn: Turn<DialogDeps>, person: Person, period: string): Promise<StepResult> {
  const { words } = turn;
  const draft = await turn.deps.releases.draft(period);
  const effect: MakeRelease = {
    ...{ kind: 'release.make', id: turn.effectId(), period, number: draft.number, digest: draft.digest },
    ...{ by: turn.user, at: turn.at, eventId: turn.event.id },
  };
  const told = keyHolders(turn, turn.user);
  const shown = releaseVars(turn, { ...draft, period });
  const names = told.map(({ user }) => personName(turn, user)).join(', ');
  const text = words.t('release:made', {
    ...person.vars,
    ...shown,
    moment: madeAt(turn, turn.at),
    asked: names === '' ? '' : words.t('release:asked', { names }),
  });
  const notices = told.map(({ user, office }) =>
    notice(
      turn,
      user,
      'release:please_confirm',
      {
        ...addressVars(words, office),
        ...shown,
        maker: capital(personName(turn, turn.user)),
      },
      [{ kind: 'reply', label: words.t('release:buttons.see'), payload: `#XEMCHOT_${draft.id}` }],
    ),
  );
  return { ...answer({ text }), effects: [effect, ...notices] };
}

function keyHolders(turn: Turn<DialogDeps>, except: string) {
  const { directory } = turn.deps;
  const root = directory.tree.roots(inVietnam(turn.at).toISODate())[0]?.code ?? '';
  const holders = new Map(directory.holdersOf(root, SECOND_KEY).map((office) => [office.user, office]));
  holders.delete(except);
  return [...holders].map(([user, office]) => ({ user, office }));
}

function notice(
  turn: Turn<DialogDeps>,
  to: string,
  key: string,
  vars: Readonly<Record<string, string | number>>,
  buttons: NonNullable<SendNotice['buttons']> = [],
): SendNotice {
  const text = turn.words.t(key, vars);
  return {
    kind: 'notice.send',
    id: turn.effectId(),
    to,
    text,
    at: turn.at,
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

/** `03/2026-1`, `2026-03-1` of a button; null: none was named. */
function readId(fold: string): string | null {
  const found = /(?:^| )(\d{1,2}) (\d{4}) (\d{1,3})$/.exec(fold);
  return found ? releaseId(`${found[2]}-${(found[1] ?? '').padStart(2, '0')}`, Number(found[3])) : null;
}

interface Named {
  readonly id: string | null;
}

function named(pattern: RegExp) {
  return ({ fold }: { readonly fold: string }): Named | null =>
    pattern.test(fold) ? { id: readId(fold) } : null;
}

const tapped = (rest: string): Named => ({ id: rest === '' ? null : rest });
const RELEASE = '(?:ban chot|so chot)(?: so)?(?: \\d{1,2} \\d{4} \\d{1,3})?';

const confirmRelease: Command<DialogDeps> = command({
  id: 'confirm-release',
  button: '#DUYETCHOT',
  says: [
    'duyệt bản chốt 03/2026-1',
    'đồng ý duyệt bản chốt 03/2026-1',
    'duyệt bản chốt',
    'em duyệt bản chốt 03/2026-1',
    'phê duyệt bản chốt 03/2026-1',
  ],
  help: 57,
  for: holdsSecondKey,
  strong: true,
  read: named(new RegExp(`^(?:(?:em|toi|dong y|a|ok) )*(?:phe )?duyet ${RELEASE}$`)),
  tapped,
  run: (turn, { person }, { id }) => settle(turn, person, id, true),
});

const refuseRelease: Command<DialogDeps> = command({
  id: 'refuse-release',
  button: '#BOCHOT',
  says: [
    'từ chối bản chốt 03/2026-1',
    'không duyệt bản chốt 03/2026-1',
    'hủy bản chốt 03/2026-1',
    'bỏ bản chốt 03/2026-1',
    'từ chối bản chốt',
  ],
  for: holdsSecondKey,
  strong: true,
  read: named(new RegExp(`^(?:(?:em|toi) )*(?:tu choi|khong duyet|huy|bo) ${RELEASE}$`)),
  tapped,
  run: (turn, { person }, { id }) => settle(turn, person, id, false),
});

async function settle(
  turn: Turn<DialogDeps>,
  person: Person,
  id: string | null,
  confirms: boolean,
): Promise<StepResult> {
  const found = await releaseMeant(turn, id);
  if ('move' in found) return found;
  const vars = releaseVars(turn, found);
  if (found.confirmedBy !== null) return sentence(turn, 'release:already', vars);
  if (confirms && found.by === turn.user) return sentence(turn, 'release:own', vars);
  const effect: SettleRelease = {
    ...{ kind: 'release.settle', id: turn.effectId(), release: found.id, confirms },
    ...{ by: turn.user, at: turn.at, eventId: turn.event.id },
  };
  const [maker] = turn.deps.directory.officesOf(found.by, turn.at);
  const told: Effect[] = [];
  if (maker && found.by !== turn.user)
    told.push(
      notice(turn, found.by, confirms ? 'release:confirmed_maker' : 'release:refused_maker', {
        ...addressVars(turn.words, maker),
        ...vars,
        confirmer: capital(personName(turn, turn.user)),
      }),
    );
  const said = turn.words.t(confirms ? 'release:confirmed' : 'release:refused', { ...person.vars, ...vars });
  return { ...answer({ text: said }), effects: [effect, ...told] };
}

/** The release named, or the one of this month or the last that waits. */
async function releaseMeant(turn: Turn<DialogDeps>, id: string | null): Promise<Release | StepResult> {
  const month = monthName(turn.words, periodMeant(turn.at), turn.at);
  const waiting = id ?? (await waitingReleases(turn)).at(-1);
  if (waiting === undefined) return sentence(turn, 'release:none_waiting', { month });
  const found = await turn.deps.releases.get(waiting);
  return found ?? sentence(turn, 'release:unknown', { number: labelOf(turn, waiting).replace(/^\D+/, '') });
}

const seeRelease = command<DialogDeps, Named & Partial<Month>>({
  id: 'see-release',
  button: '#XEMCHOT',
  tapped,
  says: [
    'bản chốt tháng 3',
    'xem bản chốt 03/2026-1',
    'xem bản chốt',
    'xem bản chốt tháng 3',
    'bản chốt 03/2026-1',
  ],
  for: ({ overseeing }) => overseeing.length > 0,
  read: ({ fold }) => {
    const found =
      /^(?:(?:cho|toi|em|xem|mo) )*(?:ban chot|so chot)(?: so)?(?: thang (\d{1,2})(?: (\d{4}))?)?$/.exec(
        fold,
      );
    if (found)
      return { id: null, ...(found[1] === undefined ? {} : { period: `${found[1]} ${found[2] ?? ''}` }) };
    return named(new RegExp(`^(?:(?:cho|toi|em|xem|mo) )*${RELEASE}$`))({ fold });
  },
  async run(turn, { person }, { id, period: said }) {
    const [month, year] = said?.split(' ') ?? [];
    const period = monthNamed(turn.at, month, year === '' ? undefined : year);
    const shown = id ?? (await visible(turn, person, period));
    if (shown === undefined)
      return sentence(turn, 'release:none', { month: monthName(turn.words, period, turn.at) });
    return show(turn, person, shown);
  },
});

/** The newest release a person may see: one that waits is for those with a key only. */
async function visible(turn: Turn<DialogDeps>, person: Person, period: string): Promise<string | undefined> {
  const all = await turn.deps.releases.list(period);
  return all.findLast((one) => !isWaiting(one) || holdsSecondKey(person))?.id;
}

async function show(turn: Turn<DialogDeps>, person: Person, id: string): Promise<StepResult> {
  const found = await turn.deps.releases.get(id);
  const number = labelOf(turn, id).replace(/^\D+/, '');
  if (!found || (isWaiting(found) && !holdsSecondKey(person)))
    return sentence(turn, 'release:unknown', { number });
  const { words } = turn;
  const vars = {
    ...releaseVars(turn, found),
    moment: madeAt(turn, found.at),
    maker: personName(turn, found.by),
    confirmer: personName(turn, found.confirmedBy),
  };
  if (!isWaiting(found)) return sentence(turn, 'release:confirmed_state', vars);
  const refuse = { id: 'REFUSE', label: words.t('release:buttons.refuse'), command: `#BOCHOT_${id}` };
  const confirm = { id: 'CONFIRM', label: words.t('release:buttons.confirm'), command: `#DUYETCHOT_${id}` };
  return sentence(turn, 'release:waiting', vars, found.by === turn.user ? [refuse] : [confirm, refuse]);
}

export default defineFeature<DialogDeps>({
  id: 'release',
  commands: [makeRelease, confirmRelease, refuseRelease, seeRelease],
  dialogs: [],
});
