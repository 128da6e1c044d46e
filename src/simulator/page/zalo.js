import { byId, make } from './dom.js';
import { call } from './server.js';
import { t } from './words.js';

/** Zalo's consoles in one tab: the account's package, money and permissions, and the way to the webhook. */

const CHAOS = {
  calm: {},
  copies: { duplicate: 0.3 },
  losses: { drop: 0.2 },
  order: { reorder: 0.3 },
  slow: { slow: 1, slowMs: 2500 },
};

/** Each row: its words, what it shows now, what may be chosen, and what choosing sends. */
const ROWS = [
  {
    key: 'package',
    value: ({ account }) => account.package,
    choices: ['basic', 'standard', 'growth', 'comprehensive'],
    send: (value) => ['/account', { package: value }],
  },
  {
    key: 'app',
    value: ({ account }) => (account.installed ? 'there' : 'removed'),
    choices: ['there', 'removed'],
    send: (value) => (value === 'removed' ? ['/account/remove-app', {}] : ['/account', { installed: true }]),
  },
  {
    key: 'granted',
    value: ({ account }) => (account.withheld.includes('messages') ? 'no' : 'yes'),
    choices: ['yes', 'no'],
    send: (value) => ['/account', { withheld: value === 'no' ? ['messages'] : [] }],
  },
  {
    key: 'verified',
    value: ({ account }) => (account.verified ? 'yes' : 'no'),
    choices: ['yes', 'no'],
    send: (value) => ['/account', { verified: value === 'yes' }],
  },
  {
    key: 'wallet',
    value: ({ account }) => account.wallet,
    choices: ['linked', 'empty', 'unlinked'],
    send: (value) => ['/account', { wallet: value }],
  },
  {
    key: 'free',
    value: ({ quota }) => (quota.repliesPerWindow === null ? 'unlimited' : 'eight'),
    choices: ['unlimited', 'eight'],
    send: (value) => ['/account', { quota: { repliesPerWindow: value === 'eight' ? 8 : null } }],
  },
  {
    key: 'webhook',
    value: ({ webhook }) => (webhook.disabled ? 'off' : 'on'),
    choices: ['on', 'off'],
    send: () => ['/webhook', { enable: true }],
    /** Zalo switches it off; a person can only switch it on again. */
    isFixed: ({ webhook }) => !webhook.disabled,
  },
];

export function createZalo({ tell, onFail }) {
  let state = null;
  let trouble = 'calm';

  async function load() {
    try {
      state = await call('GET', '/account');
    } catch (error) {
      // Another messenger has no such console.
      if (error.status !== 404) throw error;
      state = null;
    }
    draw();
  }

  function draw() {
    byId('zalo-none').hidden = state !== null;
    byId('zalo-form').hidden = state === null;
    if (!state) return;
    const focused = document.activeElement?.id;
    byId('zalo-form').replaceChildren(...ROWS.map(row), way(), probe());
    if (focused?.startsWith('zalo-')) byId(focused)?.focus();
  }

  function row({ key, value, choices, send, isFixed }) {
    const chosen = value(state);
    return field(key, choices, chosen, isFixed?.(state) ?? false, async (wanted) => {
      await call('POST', ...send(wanted));
      tell(t('simulator:zalo_changed'));
      await load();
    });
  }

  function way() {
    return field('way', Object.keys(CHAOS), trouble, false, async (wanted) => {
      await call('POST', '/webhook', { chaos: CHAOS[wanted] });
      trouble = wanted;
      tell(t('simulator:zalo_changed'));
    });
  }

  function field(key, choices, chosen, disabled, onChoice) {
    const id = `zalo-${key}`;
    const options = choices.map((choice) =>
      make('option', { value: choice, selected: choice === chosen }, t(`simulator:zalo_${key}_${choice}`)),
    );
    const onchange = (event) => onChoice(event.target.value).catch(onFail);
    return make(
      'div',
      { class: 'field' },
      make('label', { htmlFor: id }, t(`simulator:zalo_${key}`)),
      make('select', { id, disabled, onchange }, ...options),
    );
  }

  function probe() {
    const onclick = async () => {
      const { status } = await call('POST', '/webhook', { probe: 'signed' });
      tell(t('simulator:zalo_probed', { status: status ?? t('simulator:no_answer') }));
    };
    return make(
      'button',
      { type: 'button', id: 'zalo-probe', onclick: () => onclick().catch(onFail) },
      t('simulator:zalo_probe'),
    );
  }

  return { load, draw, isThere: () => state !== null };
}
