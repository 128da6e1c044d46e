import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { foldText, normalText } from '../../kernel/vn-text';
import { namedAmong } from '../hand-over';
import type { Office } from '../office';
import { mayReport, standInRole } from '../roles';
import { notice, agreeingName, reply } from './hand-over-talk';
import { addressVars, fullPlaceName, spokenName, type Person } from './people';

/** «Nhờ anh Hùng»: the deputy of that name hears of it, since a deputy may report at any time; nobody's post changes. */

const ASKED =
  /^(?:(?:thôi|thoi|để|de|bác|bac|tôi|toi|em)\s+)*(?:nhờ|nho)\s+(?:(anh|chị|chi|chú|chu|cô|co|ông|ong|bà|ba|bác|bac)\s+)?(\p{L}+(?:\s\p{L}+){0,3}?)(?:\s+(?:làm|lam|báo|bao|báo cáo|bao cao|nhập|nhap|nộp|nop|gửi|gui))?(?:\s+(?:hộ|ho|giúp|giup|thay|giùm|gium|nhé|nhe|ạ|a|với|voi))*$/iu;
/** What follows «nhờ anh» and is no name. */
const NO_NAME =
  /^(?:giup|ho|xem|lam|nhap|hoi|goi|kiem|sua|gui|nop|bao|chi|day|huong|nhac|tim|cho|voi|chut|ti|mot|dum|gium|tra|doc|in|viet)(?: |$)/;

/** «… nhập hộ»: the same with more words, which `give-up-post` reads. */
const DOES_IT = /(?:^| )(?:nhap|bao|nop|gui|lam)(?: |$)/;

interface Asked {
  readonly name: string;
  /** «Anh», «chị» before the name: a person is meant, whoever it is. */
  readonly titled: boolean;
}

function readAsked(text: string): Asked | null {
  const typed = normalText(text)
    .normalize('NFC')
    .trim()
    .replace(/[.!]+$/u, '');
  const [, title, name = ''] = ASKED.exec(typed) ?? [];
  // Without «anh», «chị» before it only what is written like a name is one.
  const isName = title !== undefined || name.split(' ').every((word) => /^\p{Lu}/u.test(word));
  return name === '' || !isName || NO_NAME.test(foldText(name))
    ? null
    : { name, titled: title !== undefined };
}

/** The deputies of that name where the person leads, claimed or not. */
function deputiesNamed({ deps }: Turn<DialogDeps>, heads: readonly Office[], name: string): Office[] {
  return heads.flatMap((office) => {
    const others = deps.directory.officesIn(office.unit).filter(({ id }) => id !== office.id);
    return namedAmong(name, others, standInRole(office.role));
  });
}

function toldOrExplained(turn: Turn<DialogDeps>, own: Office, deputy: Office): StepResult {
  const unit = fullPlaceName(turn.deps, deputy.unit, turn.at);
  const vars = { person: spokenName(turn.words, deputy), unit, contact: agreeingName(turn, own) };
  if (deputy.user === null) return sentence(turn, 'posts:deputy.unclaimed', vars);
  const text = turn.words.t('posts:deputy.asked', {
    ...addressVars(turn.words, deputy),
    ...{ unit, person: vars.person, head: spokenName(turn.words, own) },
  });
  const told = notice(turn, deputy.user, text, [reply(turn, 'begin', '#BAOCAO')]);
  return { ...sentence(turn, 'posts:deputy.told', vars), effects: [told] };
}

/** The deputy whom the text names is told; null: it names none. */
export function deputyAsked(turn: Turn<DialogDeps>, { offices }: Person, text: string): StepResult | null {
  const heads = offices.filter(({ role }) => mayReport(role));
  const name = readAsked(text)?.name ?? '';
  const [deputy, ...more] = name === '' ? [] : deputiesNamed(turn, heads, name);
  const own = heads.find(({ unit }) => unit === deputy?.unit);
  return deputy && own && more.length === 0 ? toldOrExplained(turn, own, deputy) : null;
}

export const askDeputy: Command<DialogDeps> = command<DialogDeps, Asked>({
  id: 'ask-deputy',
  says: ['nhờ anh Hùng', 'nhờ chị Lan', 'nho anh hung', 'nhờ Trần Văn Hùng', 'thôi nhờ ông Năm nhé'],
  for: ({ offices }) => offices.some(({ role }) => mayReport(role)),
  read: ({ text, fold }) => (DOES_IT.test(fold) ? null : readAsked(text)),
  async run(turn, { person, text }, { titled }) {
    const told = deputyAsked(turn, person, text);
    const own = person.offices.find(({ role }) => mayReport(role));
    if (told || !titled || !own) return told;
    return sentence(turn, 'posts:who_instead', { contact: agreeingName(turn, own) });
  },
});
