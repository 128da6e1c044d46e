import { byId, make } from './dom.js';
import { call } from './server.js';
import { codeMeaning, t, timeToSecond } from './words.js';

/** The fake Zalo's log: each request and its answer, newest first, live; to be searched, and walked with the arrow keys. */

const LOG_SHOWN = 200;
const FAULTS = {
  code: { kind: 'code', code: -200, message: 'Injected failure' },
  closed: { kind: 'code', code: -230, message: 'Injected failure' },
  html: { kind: 'html', status: 500 },
  timeout_after_accept: { kind: 'timeout_after_accept' },
  slow: { kind: 'slow', ms: 3000 },
  reset: { kind: 'reset' },
  torn_answer: { kind: 'torn_answer' },
  throttled: { kind: 'throttled', retryAfter: 20 },
  tenth: { kind: 'code', code: -200, message: 'Injected failure', share: 0.1 },
};

function codeOf(entry) {
  const code = Number(entry.answer?.error ?? 0);
  return Number.isNaN(code) ? 0 : code;
}

function isError(entry) {
  return entry.status !== 200 || codeOf(entry) !== 0;
}

function personOf(entry) {
  const { request } = entry;
  return entry.user ?? request?.follower?.id ?? request?.user_id ?? request?.sender?.id;
}

export function createLog({ nameOf, onFail }) {
  const entries = new Map();

  function add(entry) {
    if (entries.has(entry.seq)) return;
    const kept = { entry, item: draw(entry) };
    entries.set(entry.seq, kept);
    byId('log-list').prepend(kept.item);
    byId('log-empty').hidden = true;
    if (entries.size > LOG_SHOWN) {
      const [oldest] = entries.keys();
      entries.get(oldest).item.remove();
      entries.delete(oldest);
    }
    sift([kept]);
  }

  function matches(entry) {
    const side = byId('log-side').value;
    if (side !== '' && entry.side !== side) return false;
    if (byId('only-errors').checked && !isError(entry)) return false;
    const words = byId('log-find').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return true;
    const text = [
      JSON.stringify([entry.method, entry.path, entry.request, entry.answer, entry.note]),
      nameOf(personOf(entry)) ?? '',
      codeMeaning(codeOf(entry)),
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  }

  function sift(some = entries.values()) {
    for (const { entry, item } of some) item.hidden = !matches(entry);
    const shown = [...entries.values()].filter(({ item }) => !item.hidden).length;
    byId('log-count').textContent =
      shown === entries.size ? '' : t('simulator:log_count', { shown, all: entries.size });
  }

  function draw(entry) {
    const out = entry.side !== 'webhook';
    const bad = isError(entry);
    const code = codeOf(entry);
    const meaning = code === 0 ? '' : codeMeaning(code);
    const took = entry.tookMs === undefined ? '' : `${entry.tookMs} ms`;
    const result = entry.status === null ? t('simulator:no_answer') : String(code || entry.status);
    const title = t(out ? 'simulator:log_from_bot' : 'simulator:log_from_zalo');
    return make(
      'li',
      { class: bad ? 'bad' : '' },
      make(
        'details',
        {},
        make(
          'summary',
          {},
          make('span', { class: 'when' }, timeToSecond(entry.at)),
          make('span', { class: out ? 'out' : 'in', title }, out ? '→' : '←'),
          make(
            'span',
            { class: 'what' },
            out ? `${entry.method} ${entry.path}` : (entry.request?.event_name ?? entry.path),
            make('small', {}, [nameOf(personOf(entry)), meaning].filter(Boolean).join(' · ')),
          ),
          make('span', { class: 'result' }, make('span', {}, result), make('small', {}, took)),
        ),
        make('p', { class: 'facts' }, facts(entry, meaning)),
        make('h3', {}, t('simulator:log_request')),
        make('pre', { tabIndex: 0 }, JSON.stringify(entry.request, null, 2)),
        make('h3', {}, t('simulator:log_answer')),
        make(
          'pre',
          { tabIndex: 0 },
          entry.note ? `(${entry.note}) ` : '',
          JSON.stringify(entry.answer, null, 2),
        ),
      ),
    );
  }

  /** In one line: where it went, HTTP status, and what the refusal means. */
  function facts(entry, meaning) {
    const status = entry.status === null ? t('simulator:no_answer') : `HTTP ${entry.status}`;
    const code = codeOf(entry);
    return [`${entry.method} ${entry.path}`, status, code === 0 ? '' : `${code}: ${meaning || '?'}`]
      .filter(Boolean)
      .join(' · ');
  }

  async function load() {
    const { log } = await call('GET', '/log');
    for (const entry of log.slice(-LOG_SHOWN)) add(entry);
    await loadFaults();
  }

  async function loadFaults(answer) {
    const { faults } = answer ?? (await call('GET', '/fault'));
    byId('fault-waiting').textContent = faults.length
      ? t('simulator:fault_waiting', { n: faults.length })
      : '';
  }

  for (const id of ['log-find', 'log-side', 'only-errors']) byId(id).addEventListener('input', () => sift());
  byId('fault').addEventListener('submit', async (event) => {
    event.preventDefault();
    const fault = FAULTS[byId('fault-kind').value];
    await (fault ? call('POST', '/fault', fault) : call('DELETE', '/fault')).then(loadFaults, onFail);
  });
  byId('log-list').addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.tagName !== 'SUMMARY') return;
    event.preventDefault();
    const all = [...byId('log-list').querySelectorAll('li:not([hidden]) summary')];
    all[all.indexOf(event.target) + step]?.focus();
  });

  return {
    load,
    add: (entry) => {
      add(entry);
      if (entry.note) void loadFaults();
    },
    redraw: () => {
      for (const kept of entries.values()) {
        const item = draw(kept.entry);
        kept.item.replaceWith(item);
        kept.item = item;
      }
      sift();
    },
  };
}
