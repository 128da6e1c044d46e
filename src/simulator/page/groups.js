import { byId, make } from './dom.js';
import { call } from './server.js';
import { t, timeOfDay } from './words.js';

/** The account's groups in one tab: who is in each and what was said there, and what people do in it by hand. */

const LINES_SHOWN = 8;

/** `everybody()` answers the ids of all people, `nameOf(id)` what one is called. */
export function createGroups({ everybody, nameOf, tell, onFail }) {
  let groups = [];
  let timer;
  /** What is chosen and typed, by group, so that a redraw takes nothing away. */
  const typed = new Map();

  async function load() {
    try {
      ({ groups } = await call('GET', '/groups'));
    } catch (error) {
      // Another messenger has no groups of the account.
      if (error.status !== 404) throw error;
      groups = [];
    }
    draw();
  }

  /** Something was asked of Zalo or told by it: perhaps a group has changed. */
  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => load().catch(onFail), 400);
  }

  function draw() {
    byId('groups-none').hidden = groups.length > 0;
    const focused = document.activeElement?.id;
    byId('groups-list').replaceChildren(...[...groups].reverse().map(card));
    if (focused?.startsWith('group-')) byId(focused)?.focus();
  }

  function card(group) {
    const { id, name, members, pending, hasOa } = group;
    const count = t('simulator:group_members', { n: members.length });
    const facts = hasOa ? count : t('simulator:group_gone');
    return make(
      'li',
      { class: hasOa ? '' : 'claimed' },
      make('strong', {}, name),
      make('span', { class: 'faint' }, facts),
      hasOa ? make('p', {}, members.map(called).join(', ')) : null,
      pending.length > 0
        ? make('p', {}, t('simulator:group_pending', { names: pending.map(called).join(', ') }))
        : null,
      make('ol', {}, ...group.chat.slice(-LINES_SHOWN).map(line)),
      hasOa ? acts(id, group) : null,
    );
  }

  function line({ from, by, text, at }) {
    const who = from === 'oa' ? t('simulator:oa_name') : called(by);
    return make('li', {}, make('span', { class: 'faint' }, `${timeOfDay(at)} ${who}: `), text);
  }

  function acts(id, { members }) {
    const state = typed.get(id) ?? { who: members[0], text: '' };
    typed.set(id, state);
    const others = everybody().filter((one) => !members.includes(one));
    const options = [...members, ...others].map((one) =>
      make('option', { value: one, selected: one === state.who }, called(one)),
    );
    const isInside = members.includes(state.who);
    const act = (what, more = {}) =>
      call('POST', '/groups', { group: id, user: state.who, act: what, ...more }).then(load);
    const button = (key, what, isUsed) =>
      make(
        'button',
        {
          type: 'button',
          class: 'quiet',
          disabled: !isUsed,
          onclick: () =>
            act(what)
              .then(() => tell(t('simulator:zalo_changed')))
              .catch(onFail),
        },
        t(key),
      );
    const say = (event) => {
      event.preventDefault();
      const { text } = state;
      if (text.trim() === '') return;
      state.text = '';
      act('say', { text }).catch(onFail);
    };
    return make(
      'form',
      { onsubmit: say },
      make('label', { htmlFor: `group-who-${id}` }, t('simulator:group_who')),
      make(
        'select',
        {
          id: `group-who-${id}`,
          onchange: (event) => {
            state.who = event.target.value;
            draw();
          },
        },
        ...options,
      ),
      make(
        'div',
        { class: 'row' },
        make('input', {
          id: `group-text-${id}`,
          'aria-label': t('simulator:group_text'),
          placeholder: t('simulator:group_text'),
          value: state.text,
          disabled: !isInside,
          autocomplete: 'off',
          oninput: (event) => (state.text = event.target.value),
        }),
        make('button', { class: 'primary', disabled: !isInside }, t('simulator:group_send')),
      ),
      make(
        'div',
        { class: 'acts' },
        button('simulator:group_join', 'ask', !isInside),
        button('simulator:group_leave', 'leave', isInside),
        button('simulator:group_dissolve', 'dissolve', true),
      ),
    );
  }

  function called(id) {
    return nameOf(id) ?? t('simulator:group_somebody', { id: id.slice(-4) });
  }

  return { load, later, draw };
}
