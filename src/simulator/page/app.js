import { byId, colourOf, initial, make } from './dom.js';
import { createGroups } from './groups.js';
import { createLog } from './log.js';
import { createClock, createCodes, createTabs } from './panel.js';
import { Phone, askName } from './phone.js';
import { call, listen } from './server.js';
import { createTour } from './tour.js';
import { chooseLanguage, language, t } from './words.js';
import { createZalo } from './zalo.js';

/** The simulator's page: several phones, the panel beside them, and what is remembered between visits. */

const CHIPS_SHOWN = 40;
const narrow = matchMedia('(max-width: 760px)');
const people = new Map();
const phones = new Map();
const memory = {
  get: (key, otherwise) => JSON.parse(localStorage.getItem(`simulator.${key}`) ?? JSON.stringify(otherwise)),
  set: (key, value) => localStorage.setItem(`simulator.${key}`, JSON.stringify(value)),
};
let shown = memory.get('shown', []);
let front = memory.get('front', null);

let toastTimer;
function tell(text) {
  byId('toast').textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (byId('toast').textContent = ''), 4000);
}

function onFail(error) {
  tell(t('simulator:failed', { why: error.message }));
}

function label(person) {
  if (person.name) return person.name;
  return t('simulator:unnamed', { n: [...people.keys()].indexOf(person.id) + 1 });
}

function nameOf(id) {
  const person = people.get(id);
  return person ? label(person) : undefined;
}

const clock = createClock({ tell, onFail });
const tabs = createTabs();
const log = createLog({ nameOf, onFail });
const zalo = createZalo({ tell, onFail });
const groups = createGroups({ everybody: () => [...people.keys()], nameOf, tell, onFail });
const codes = createCodes({ onPlay: play, onOpen: open, playedBy, tell, onFail });

const drawTour = createTour({
  addPerson,
  sayAs: (user, text) => call('POST', '/say', { user, text }),
  openOnly,
  reload: () => Promise.all([clock.load(), codes.load(), loadPeople().then(drawPeople)]),
  onFail,
});

function playedBy(code) {
  const id = memory.get('played', {})[code];
  return people.has(id) ? id : undefined;
}

async function play(code) {
  try {
    const id = await addPerson(`${code.fullName}, ${code.unitName}`);
    memory.set('played', { ...memory.get('played', {}), [code.code]: id });
    await open(id);
    await phones.get(id).say(code.code);
    codes.draw();
  } catch (error) {
    onFail(error);
  }
}

async function addPerson(name) {
  const person = await call('POST', '/people', { name });
  people.set(person.id, person);
  return person.id;
}

async function open(id) {
  if (!shown.includes(id)) shown = [...shown, id];
  front = id;
  remember();
  await refresh(id);
  closePanel();
  arrange();
  phones.get(id).focus();
}

/** These phones and no others, the last one in front. */
async function openOnly(ids) {
  shown = [];
  for (const id of ids) await open(id);
}

function hide(phone) {
  const id = phone.person.id;
  shown = shown.filter((other) => other !== id);
  if (front === id) front = shown.at(-1) ?? null;
  remember();
  arrange();
  byId('add').focus();
}

async function rename(phone) {
  const name = await askName(phone.person.name, t('simulator:save'));
  if (!name) return;
  await call('POST', '/people', { user: phone.person.id, name }).catch(onFail);
  await refresh(phone.person.id);
  phone.speak();
  phone.rename.focus();
}

function remember() {
  memory.set('shown', shown);
  memory.set('front', front);
}

/** Asks for one person's chat; several changes in quick succession are one question. */
const asking = new Map();
function refresh(id) {
  const before = asking.get(id);
  if (before) {
    before.again = true;
    return before.done;
  }
  const entry = { again: false, done: null };
  entry.done = (async () => {
    do {
      entry.again = false;
      take(await call('GET', `/people/${encodeURIComponent(id)}`));
    } while (entry.again);
  })().finally(() => asking.delete(id));
  asking.set(id, entry);
  return entry.done;
}

function take(person) {
  people.set(person.id, person);
  if (shown.includes(person.id)) {
    const phone = phones.get(person.id);
    if (phone) phone.update(person);
    else
      phones.set(
        person.id,
        new Phone(person, {
          label,
          now: clock.now,
          onFail,
          onName: rename,
          onHide: hide,
          hasConsole: zalo.isThere,
        }),
      );
  }
  drawPeople();
}

function arrange() {
  const main = byId('phones');
  for (const [id, phone] of phones) if (!shown.includes(id)) phone.element.remove();
  for (const id of shown) {
    const phone = phones.get(id);
    if (!phone) continue;
    if (phone.element.parentElement !== main) {
      main.append(phone.element);
      phone.toEnd();
    }
    phone.element.classList.toggle('front', id === front);
  }
  byId('empty').hidden = shown.length > 0;
  phones.get(front)?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  phones.get(front)?.toEnd();
  drawPeople();
}

function drawPeople() {
  const listed = [...people.values()].filter((person, i) => i < CHIPS_SHOWN || shown.includes(person.id));
  const items = listed.map((person) => {
    const isShown = narrow.matches ? person.id === front : shown.includes(person.id);
    const unseen = person.unseen > 0 ? t('simulator:unseen', { n: person.unseen }) : '';
    return make(
      'li',
      {},
      make(
        'button',
        {
          type: 'button',
          'aria-pressed': String(isShown),
          'data-person': person.id,
          onclick: () => open(person.id).catch(onFail),
        },
        make(
          'span',
          { class: `avatar ${colourOf(person.id)}`, 'aria-hidden': 'true' },
          initial(label(person)),
        ),
        make('span', { class: 'chip-name' }, label(person)),
        unseen
          ? make('span', { class: 'unseen', 'aria-label': unseen, title: unseen }, String(person.unseen))
          : null,
      ),
    );
  });
  const focused = document.activeElement?.dataset?.person;
  byId('people').replaceChildren(...items);
  if (focused)
    byId('people')
      .querySelector(`[data-person="${CSS.escape(focused)}"]`)
      ?.focus();
}

function openPanel() {
  if (!narrow.matches) return;
  byId('panel').inert = false;
  byId('panel').classList.add('open');
  byId('shade').hidden = false;
  byId('menu').setAttribute('aria-expanded', 'true');
  byId('close-panel').focus();
}

function closePanel() {
  const wasOpen = byId('panel').classList.contains('open');
  byId('panel').classList.remove('open');
  byId('panel').inert = narrow.matches;
  byId('shade').hidden = true;
  byId('menu').setAttribute('aria-expanded', 'false');
  if (wasOpen) byId('menu').focus();
}

async function speak(wanted) {
  await chooseLanguage(wanted);
  drawTour();
  memory.set('language', wanted);
  byId('menu').setAttribute('aria-label', t('simulator:open_panel'));
  for (const phone of phones.values()) phone.redraw();
  clock.draw();
  codes.draw();
  log.redraw();
  zalo.draw();
  groups.draw();
  drawPeople();
}

async function loadPeople() {
  const { people: everybody } = await call('GET', '/people');
  for (const person of everybody) people.set(person.id, { chat: [], ...people.get(person.id), ...person });
  return everybody;
}

async function loadAll() {
  const [everybody] = await Promise.all([loadPeople(), zalo.load()]);
  shown = shown.filter((id) => people.has(id));
  if (shown.length === 0 && everybody.length > 0) shown = everybody.slice(0, 2).map((person) => person.id);
  if (!shown.includes(front)) front = shown[0] ?? null;
  await Promise.all([...shown.map(refresh), clock.load(), codes.load(), log.load(), groups.load()]);
  arrange();
}

/** Who else wrote, and which codes are taken: asked once things are quiet, however many people are busy. */
let restTimer;
function restLater() {
  clearTimeout(restTimer);
  restTimer = setTimeout(() => Promise.all([loadPeople(), codes.load()]).then(drawPeople, onFail), 600);
}

byId('add').addEventListener('click', async () => {
  const name = await askName('', t('simulator:add'));
  if (name !== null) await addPerson(name).then(open).catch(onFail);
});
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  (phones.get(front) ?? byId('add')).focus();
});
byId('menu').addEventListener('click', openPanel);
byId('close-panel').addEventListener('click', closePanel);
byId('shade').addEventListener('click', closePanel);
byId('empty-codes').addEventListener('click', () => {
  tabs.choose('codes');
  openPanel();
  byId('search').focus();
});
byId('language').addEventListener('click', () => speak(language() === 'vi' ? 'en' : 'vi').catch(onFail));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && byId('panel').classList.contains('open')) closePanel();
});
narrow.addEventListener('change', () => {
  closePanel();
  drawPeople();
});

await speak(memory.get('language', 'vi'));
closePanel();
listen({
  onPerson: (id) => {
    if (shown.includes(id)) refresh(id).catch(onFail);
    restLater();
  },
  onLog: (entry) => {
    log.add(entry);
    groups.later();
  },
  onClock: clock.set,
  onBack: () => loadAll().catch(() => (byId('offline').hidden = false)),
  onAway: (away) => (byId('offline').hidden = !away),
});
