import { byId, make } from './dom.js';
import { call } from './server.js';
import { shortInstant, t } from './words.js';

/** The side panel: its tabs, who holds which office and with which code, and the clock. */

const TABS = ['codes', 'groups', 'log', 'zalo', 'clock'];
const CODES_SHOWN = 60;

export function createTabs() {
  function choose(name) {
    for (const tab of TABS) {
      const chosen = tab === name;
      byId(tab).hidden = !chosen;
      byId(`tab-${tab}`).setAttribute('aria-selected', String(chosen));
      byId(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
    }
  }
  for (const tab of TABS) {
    byId(`tab-${tab}`).addEventListener('click', () => choose(tab));
    byId(`tab-${tab}`).addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
      choose(next);
      byId(`tab-${next}`).focus();
    });
  }
  choose('codes');
  return { choose };
}

function folded(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();
}

/** `onPlay(code)` opens a phone and claims; `onOpen(userId)` shows the phone that claimed; `playedBy(code)` is its id. */
export function createCodes({ onPlay, onOpen, playedBy, tell, onFail }) {
  let codes = [];

  async function load() {
    ({ codes } = await call('GET', '/codes'));
    for (const code of codes)
      code.found = folded(
        [code.fullName, code.unitName, code.communeName, code.code, code.code.replace(' ', '')].join(' '),
      );
    draw();
  }

  function draw() {
    const words = folded(byId('search').value).split(/\s+/).filter(Boolean);
    const found = codes.filter((code) => words.every((word) => code.found.includes(word)));
    byId('codes-list').replaceChildren(...found.slice(0, CODES_SHOWN).map(row));
    const count = t('simulator:codes_count', { shown: found.length, all: codes.length });
    const rest = found.length - CODES_SHOWN;
    byId('codes-count').textContent =
      found.length === 0
        ? t('simulator:no_codes')
        : rest > 0
          ? `${count}. ${t('simulator:more_codes', { n: rest })}`
          : count;
  }

  function row(code) {
    const name = code.fullName;
    const player = playedBy(code.code);
    const act = player
      ? make(
          'button',
          {
            type: 'button',
            'aria-label': t('simulator:open_phone_of', { name }),
            onclick: () => onOpen(player),
          },
          t('simulator:open_phone'),
        )
      : make(
          'button',
          {
            type: 'button',
            class: 'primary',
            'aria-label': t('simulator:play_as', { name }),
            disabled: code.claimed,
            onclick: () => onPlay(code),
          },
          t('simulator:play'),
        );
    const copy = make(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-label': t('simulator:copy_of', { name }),
        disabled: code.claimed,
        onclick: () => copyCode(code),
      },
      t('simulator:copy'),
    );
    const place = [...new Set([code.unitName, code.communeName].filter(Boolean))].join(', ');
    return make(
      'li',
      { class: code.claimed ? 'claimed' : '' },
      make(
        'div',
        { class: 'who' },
        make('strong', {}, name),
        make('span', {}, `${roleName(code.role)} · ${place}`),
      ),
      code.claimed
        ? make('span', { class: 'badge' }, t('simulator:claimed'))
        : make('code', { title: t('simulator:code') }, code.code),
      make('div', { class: 'acts' }, copy, act),
    );
  }

  async function copyCode(code) {
    try {
      await navigator.clipboard.writeText(code.code);
      tell(t('simulator:copied', { code: code.code }));
    } catch (error) {
      onFail(error);
    }
  }

  byId('search').addEventListener('input', draw);
  return { load, draw };
}

function roleName(role) {
  return t(ROLES[role] ?? role);
}

const ROLES = {
  village_head: 'simulator:role_village_head',
  village_deputy: 'simulator:role_village_deputy',
  commune_officer: 'simulator:role_commune_officer',
  commune_chair: 'simulator:role_commune_chair',
  agency_officer: 'simulator:role_agency_officer',
  department: 'simulator:role_department',
  police: 'simulator:role_police',
  province: 'simulator:role_province',
  operator: 'simulator:role_operator',
};

export function createClock({ tell, onFail }) {
  let shown = { at: 0, since: 0 };
  let due = null;

  function now() {
    return shown.at + (performance.now() - shown.since);
  }

  function draw() {
    byId('now').textContent = shortInstant(now());
    byId('now-big').textContent = shortInstant(now());
    byId('due').textContent = due
      ? t('simulator:next_due_at', { at: shortInstant(Date.parse(due)) })
      : t('simulator:nothing_due');
    for (const button of document.querySelectorAll('[data-jump="due"]')) button.disabled = due === null;
  }

  function set(view) {
    shown = { at: Date.parse(view.now), since: performance.now() };
    if ('nextDue' in view) due = view.nextDue;
    draw();
  }

  async function load() {
    set(await call('GET', '/clock'));
    const local = new Date(now() + 7 * 3_600_000).toISOString().slice(0, 16);
    byId('jump-to').min = local;
    if (byId('jump-to').value < local) byId('jump-to').value = local;
  }

  async function jump(instant) {
    tell(t('simulator:moving'));
    document.body.classList.add('moving');
    try {
      set(await call('POST', '/clock', { now: instant }));
      tell(t('simulator:moved', { at: shortInstant(now()) }));
    } catch (error) {
      if (error.status === 409) tell(t('simulator:moved_back'));
      else onFail(error);
    } finally {
      document.body.classList.remove('moving');
      await load().catch(onFail);
    }
  }

  function target(kind) {
    if (kind === 'due') return due;
    if (kind === 'hour') return new Date(now() + 3_600_000).toISOString();
    // 08:00 in Viet Nam is 01:00 of the same day in UTC.
    const day = new Date(now() + 7 * 3_600_000);
    const today = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 1);
    return new Date(today > now() ? today : today + 86_400_000).toISOString();
  }

  for (const button of document.querySelectorAll('[data-jump]'))
    button.addEventListener('click', () => jump(target(button.dataset.jump)));
  byId('jump-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const value = byId('jump-to').value;
    if (value === '') tell(t('simulator:bad_time'));
    else void jump(`${value}:00+07:00`);
  });
  setInterval(draw, 1000);

  return { load, set, now, draw };
}
