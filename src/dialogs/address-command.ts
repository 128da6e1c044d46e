import { ADDRESSES, isYounger, type Address } from '../kernel/address';
import type { ChooseAddress } from '../contacts/contact-effects';
import type { Choice, StepResult, Turn } from '../conversation/dialog';
import { capital } from '../kernel/vn-text';
import { sentence } from './answer';
import type { DialogDeps } from './deps';
import { command, type Command } from './feature';

/** «Gọi tôi là chị»: how a person without a post wants to be called, from now on, in every sentence. */

const FORMS = ADDRESSES.join('|');
const formOf = (said: string | undefined): Address | null => ADDRESSES.find((form) => form === said) ?? null;
const WHO = '(?:toi|minh|tui|em|anh|chi|bac|co|chu|ong|ba|chau)';
const CALL = `(?:goi|keu|xung ho(?: voi)?|xung) ${WHO}(?: (?:la|bang|theo|thoi))*`;
const TAIL = '(?: (?:thoi|nhe|nha|a|di|em|cho|than mat|than|gan|tre|la duoc|duoc roi|duoc|giup|voi))*';
const SAYS = new RegExp(
  `^(?:(?:da|em|chau|ban|tu gio|tu nay|hay|cu|cho|lam on|cu viec|a|oi) )*${CALL} (${FORMS})${TAIL}$`,
);
const INSTEAD = new RegExp(
  `^(?:dung|khong) ${CALL} (?:${FORMS})(?: (?:nua|a|em|chau))*(?: ma)? goi(?: la)? (${FORMS})${TAIL}$`,
);
const NOT_SO = new RegExp(`^(?:(?:sao|dung|khong|em|chau|ban) )+${CALL} (?:${FORMS})(?: .{0,20})?$`);

/** The form that is wished for; `ask`: another than the one used, without saying which. */
function read(fold: string): Address | 'ask' | null {
  const said = fold.trim().replace(/ +/g, ' ');
  const instead = INSTEAD.exec(said)?.[1];
  if (instead) return formOf(instead);
  if (NOT_SO.test(said)) return 'ask';
  return formOf(SAYS.exec(said)?.[1]);
}

export const addressCommand: Command<DialogDeps> = command<DialogDeps, Address | 'ask'>({
  id: 'how-to-address',
  button: '#XUNGHO',
  says: [
    'gọi tôi là anh',
    'gọi tôi là chị',
    'gọi tôi là cô thôi',
    'cứ gọi em là em',
    'đừng gọi tôi là bác',
    'đừng gọi tôi là bác, gọi là anh',
  ],
  read: ({ fold }) => read(fold),
  tapped: (rest) => formOf(rest.toLowerCase()),
  run: async (turn, { person }, said) => {
    // How a holder of a post is called stands in the commune's list.
    if (person.offices.length > 0) return sentence(turn, 'manner:address_of_post');
    return said === 'ask' ? sentence(turn, 'manner:which_address', {}, choices(turn)) : choose(turn, said);
  },
});

function choose(turn: Turn<DialogDeps>, address: Address): StepResult {
  const { user, at } = turn;
  const effect: ChooseAddress = { kind: 'contact.address', id: turn.effectId(), user, address, at };
  const key = isYounger(address) ? 'manner:addressed_younger' : 'manner:addressed';
  const word = turn.words.t(`common:forms_of_address.${address}`);
  return { ...sentence(turn, key, { address: word, Address: capital(word) }), effects: [effect] };
}

const OFFERED: readonly Address[] = ['anh', 'chi', 'co', 'chu', 'em'];

function choices({ words }: Turn<DialogDeps>): Choice[] {
  return OFFERED.map((form) => {
    const id = form.toUpperCase();
    const label = capital(words.t(`common:forms_of_address.${form}`));
    return { id, label, command: `#XUNGHO_${id}` };
  });
}
