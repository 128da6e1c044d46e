import { defineDialog, textIn, type StepContext, type StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { normalText } from '../../kernel/vn-text';
import { readPhone } from '../../understanding/phone';
import { readStop } from '../../understanding/stop';
import type { Office } from '../office';
import { propose } from './hand-over-commands';
import { rightLost } from './lost-right';
import { personOf } from './people';

/** Somebody who is no deputy takes over: the full name and the number, so that the commune knows who is meant. */

type Context = StepContext<DialogDeps>;

const NAME = /^[\p{L}][\p{L}'’ -]{1,58}[\p{L}]$/u;

function officeIn({ turn, slots }: Context): Office | null {
  const id = textIn(slots, 'office');
  return turn.deps.directory.officesOf(turn.user, turn.at).find((office) => office.id === id) ?? null;
}

function ends({ turn }: Context, key: string): StepResult {
  return { move: { to: 'end', say: { text: turn.words.t(key, personOf(turn).vars) } } };
}

function isStop(text: string): boolean {
  const stop = readStop(text);
  return stop !== null && stop !== 'unclear';
}

export default defineDialog<DialogDeps>({
  id: 'give-post',
  version: 1,
  first: 'name',
  ref: (slots) => textIn(slots, 'unit'),
  upgrade: () => null,
  closes: ({ turn, slots }) => rightLost(turn, textIn(slots, 'unit')),
  steps: {
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
        const name = normalText(text).trim().replace(/\s+/g, ' ');
        const bare = name.replace(/^(?:anh|chị|bác|ông|bà|cô|chú|em|đồng chí) /iu, '');
        if (!NAME.test(bare) || !bare.includes(' ')) return { move: { to: 'here', miss: true } };
        return { move: { to: 'step', step: 'phone', slots: { fullName: bare } } };
      },
    },
    phone: {
      to: [],
      digits: 'own',
      ask: async ({ turn, slots }) => ({
        text: turn.words.t('posts:ask_phone', { ...personOf(turn).vars, name: textIn(slots, 'fullName') }),
      }),
      async receive(context, { text }) {
        const { turn, slots } = context;
        if (isStop(text)) return ends(context, 'posts:stopped');
        const phone = readPhone(text);
        const office = officeIn(context);
        if (!office) return ends(context, 'posts:none_of_mine');
        if (phone === null) return { move: { to: 'here', miss: true } };
        return propose(turn, office, {
          until: textIn(slots, 'until') === '' ? null : textIn(slots, 'until'),
          ...{ day: textIn(slots, 'day'), fullName: textIn(slots, 'fullName'), deputy: null, phone },
          address: textIn(slots, 'address') || turn.words.t('common:address.villager'),
        });
      },
    },
  },
});
