import { defineDialog, textIn, type StepContext, type StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { isSaid } from '../../dialogs/feature';
import { notTheWords } from '../../dialogs/free-words';
import { ending } from '../../dialogs/answer';
import { capital } from '../../kernel/vn-text';
import { readPhone } from '../../understanding/phone';
import { readStop } from '../../understanding/stop';
import type { Office } from '../office';
import { mayReport } from '../roles';
import { giveTo, propose, type GivenTo } from './hand-over-commands';
import { rightLost } from './lost-right';
import { personOf, placeName } from './people';
import { placeOf, roleName } from './post-names';
import { nameAndPhone } from './read-head';

/** Which post where there are several; then, of somebody who is no deputy, the full name and the number, so that those above know who is meant. */

type Context = StepContext<DialogDeps>;

const NAME = /^[\p{L}][\p{L}'’ -]{1,58}[\p{L}]$/u;

function officeIn({ turn, slots }: Context): Office | null {
  const id = textIn(slots, 'office');
  return turn.deps.directory.officesOf(turn.user, turn.at).find((office) => office.id === id) ?? null;
}

/** What was said of who takes over, and when. */
function saidIn(slots: Context['slots']): GivenTo {
  const until = textIn(slots, 'until');
  return {
    ...{ day: textIn(slots, 'day'), until: until === '' ? null : until },
    ...{ name: textIn(slots, 'name'), address: textIn(slots, 'address') },
  };
}

function postName(turn: Context['turn'], office: Office): string {
  return `${capital(roleName(turn, office))} ${placeOf(turn, office)}`;
}

function ends({ turn }: Context, key: string): StepResult {
  return { move: { to: 'end', say: { text: turn.words.t(key, personOf(turn).vars) } } };
}

/** Asks those above about this person; the post may have been lost meanwhile. */
function proposeTo(context: Context, fullName: string, phone: string | null): StepResult {
  const { turn, slots } = context;
  const office = officeIn(context);
  if (!office) return ends(context, 'posts:none_of_mine');
  const { day, until, address } = saidIn(slots);
  const usual = turn.words.t(`common:address.${mayReport(office.role) ? 'villager' : 'officer'}`);
  return propose(turn, office, {
    ...{ day, until, fullName, deputy: null, phone },
    address: address || usual,
  });
}

function isStop(text: string): boolean {
  const stop = readStop(text);
  return stop !== null && stop !== 'unclear';
}

export default defineDialog<DialogDeps>({
  id: 'give-post',
  version: 1,
  first: 'begin',
  ref: (slots) => textIn(slots, 'unit'),
  upgrade: () => null,
  closes: ({ turn, slots }) => (textIn(slots, 'unit') === '' ? null : rightLost(turn, textIn(slots, 'unit'))),
  steps: {
    begin: {
      to: ['which', 'name'],
      run: async ({ slots }) => ({
        move: { to: 'step', step: textIn(slots, 'office') === '' ? 'which' : 'name' },
      }),
    },
    which: {
      to: ['name'],
      async ask({ turn, slots }) {
        const posts = turn.deps.directory.officesOf(turn.user, turn.at);
        const lines = posts.map((office, i) => `${i + 1}. ${postName(turn, office)}`).join('\n');
        const choices = posts.slice(0, 4).map((office, i) => ({
          id: `P${i + 1}`,
          label: [...placeName(turn.deps, office.unit, turn.at)].slice(0, 20).join(''),
        }));
        const vars = { ...personOf(turn).vars, name: textIn(slots, 'name'), lines };
        return { text: turn.words.t('posts:which_post', vars), choices };
      },
      async receive(context, { text, choice }) {
        const { turn, slots } = context;
        if (isStop(text)) return ends(context, 'posts:stopped');
        const number = /^P?(\d{1,2})$/.exec(choice ?? text.trim())?.[1];
        const posts = turn.deps.directory.officesOf(turn.user, turn.at);
        const office = number === undefined ? undefined : posts[Number(number) - 1];
        if (!office) return { move: { to: 'pass' } };
        const given = giveTo(turn, office, saidIn(slots));
        if (given.move.to !== 'dialog') return ending(given);
        return { move: { to: 'step', step: 'name', slots: { office: office.id, unit: office.unit } } };
      },
    },
    name: {
      to: ['phone'],
      digits: 'own',
      ask: async ({ turn, slots }) => ({
        text: turn.words.t('posts:ask_name', { ...personOf(turn).vars, name: textIn(slots, 'name') }),
      }),
      async receive(context, input) {
        const { text } = input;
        if (isStop(text)) return ends(context, 'posts:stopped');
        const beside = notTheWords(context, input, () => ends(context, 'posts:stopped'));
        if (beside) return beside;
        // «Tình hình» is a wish of its own and nobody's name.
        if (isSaid(context.turn)) return { move: { to: 'pass' } };
        const { name, phone } = nameAndPhone(text);
        if (!NAME.test(name) || !name.includes(' ')) return { move: { to: 'here', miss: true } };
        if (phone !== null) return proposeTo(context, name, phone);
        return { move: { to: 'step', step: 'phone', slots: { fullName: name } } };
      },
    },
    phone: {
      to: [],
      digits: 'own',
      ask: async ({ turn, slots }) => ({
        text: turn.words.t('posts:ask_phone', { ...personOf(turn).vars, name: textIn(slots, 'fullName') }),
      }),
      async receive(context, { text }) {
        if (isStop(text)) return ends(context, 'posts:stopped');
        const phone = readPhone(text);
        if (phone === null && officeIn(context)) return { move: { to: 'here', miss: true } };
        return proposeTo(context, textIn(context.slots, 'fullName'), phone);
      },
    },
  },
});
