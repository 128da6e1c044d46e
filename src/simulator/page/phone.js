import { byId, colourOf, icon, initial, make } from './dom.js';
import { drawMedia } from './media.js';
import { PhoneMenu } from './phone-menu.js';
import { call } from './server.js';
import { dayKey, dayOf, t, timeOfDay } from './words.js';

/** One phone: the chat of one person with the OA, as Zalo shows it. It draws what the server says and sends what is done. */

const SEND = 'M4 12l16-8-6 16-3-6z';
const PENCIL = 'M4 20l1-4L16 5l3 3L8 19z';
const WAITING_SHOWN_MS = 4000;

export class Phone {
  /** `onFail(error)` tells the user; `onName(phone)` asks for a new name; `onHide(phone)` puts it away. */
  constructor(person, { label, now, onFail, onName, onHide, hasConsole }) {
    this.person = person;
    this.label = label;
    this.now = now;
    this.onFail = onFail;
    this.drawn = new Map();
    this.queue = Promise.resolve();
    this.list = make('ol', { class: 'chat', role: 'log', 'aria-live': 'polite', tabIndex: 0 });
    this.input = make('textarea', { rows: 1, autocomplete: 'off', enterKeyHint: 'send', maxLength: 5000 });
    this.hint = make('p', { class: 'chat-empty' });
    this.name = make('span', { class: 'owner-name' });
    this.avatar = make('span', { class: `avatar ${colourOf(person.id)}`, 'aria-hidden': 'true' });
    this.rename = make(
      'button',
      { type: 'button', class: 'quiet icon', onclick: () => onName(this) },
      icon(PENCIL),
    );
    this.follow = make('button', { type: 'button', class: 'quiet', onclick: () => this.toggleFollow() });
    this.hide = make(
      'button',
      { type: 'button', class: 'quiet icon', onclick: () => onHide(this) },
      icon('M6 6l12 12M18 6L6 18'),
    );
    this.oaName = make('strong');
    this.oaKind = make('span');
    this.sendButton = make('button', { type: 'submit', class: 'send' }, icon(SEND));
    this.menu = new PhoneMenu(this, hasConsole);
    this.form = make(
      'form',
      { class: 'composer', onsubmit: (event) => this.submit(event) },
      this.menu.element,
      this.input,
      this.sendButton,
    );
    this.element = make(
      'section',
      { class: 'phone' },
      make('div', { class: 'owner' }, this.avatar, this.name, this.rename, this.follow, this.hide),
      make(
        'div',
        { class: 'glass' },
        make(
          'div',
          { class: 'oa' },
          make('img', { src: '/simulator/page/icon.svg', alt: '', width: 36, height: 36 }),
          make('div', {}, this.oaName, this.oaKind),
        ),
        this.list,
        this.hint,
        this.form,
      ),
    );
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('input', () => this.grow());
    this.element.addEventListener('focusin', () => this.see());
    this.speak();
    this.update(person);
  }

  /** Draws its own words anew, after the language or the name changed. */
  speak() {
    const name = this.label(this.person);
    this.name.textContent = name;
    this.avatar.textContent = initial(name);
    this.element.setAttribute('aria-label', t('simulator:phone_of', { name }));
    this.list.setAttribute('aria-label', t('simulator:phone_of', { name }));
    this.rename.setAttribute('aria-label', t('simulator:rename', { name }));
    this.rename.title = t('simulator:rename', { name });
    this.hide.setAttribute('aria-label', t('simulator:hide', { name }));
    this.follow.textContent = t(this.person.follows ? 'simulator:unfollow' : 'simulator:follow');
    this.input.setAttribute('aria-label', t('simulator:message', { name }));
    this.input.placeholder = t('simulator:message_hint');
    this.sendButton.setAttribute('aria-label', t('simulator:send'));
    this.menu.speak(name);
    this.oaName.textContent = t('simulator:oa_name');
    this.oaKind.textContent = t('simulator:oa_kind');
    this.hint.textContent = t('simulator:empty_chat');
  }

  redraw() {
    this.list.replaceChildren();
    this.drawn.clear();
    this.speak();
    this.update(this.person);
  }

  update(person) {
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80;
    const first = this.drawn.size === 0;
    this.person = person;
    this.follow.hidden = person.follows === null;
    this.follow.textContent = t(person.follows ? 'simulator:unfollow' : 'simulator:follow');
    let added = false;
    let day = null;
    const offering = person.chat.findLast((m) => m.from === 'oa' && m.buttons?.length)?.id;
    for (const message of person.chat) {
      const key = dayKey(message.at);
      if (!this.drawn.has(message.id)) {
        if (key !== day) this.drawDay(key, message.at);
        this.drawMessage(message);
        added = true;
      }
      this.drawn.get(message.id).classList.toggle('past', message.from === 'oa' && message.id !== offering);
      day = key;
    }
    this.drawTick();
    this.hint.hidden = person.chat.length > 0;
    if (added && (first || atEnd)) this.toEnd();
    if (added && this.element.contains(document.activeElement)) this.see();
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  /** After a picture has grown below what was the end. */
  keepAtEnd() {
    if (this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 400) this.toEnd();
  }

  drawDay(key, at) {
    if (this.list.querySelector(`[data-day="${key}"]`)) return;
    this.list.append(make('li', { class: 'day', 'data-day': key }, dayOf(at)));
  }

  drawMessage(message) {
    const mine = message.from === 'person';
    const who = t(mine ? 'simulator:you' : 'simulator:bot');
    const spoken = make(
      'span',
      { class: 'visually-hidden' },
      t('simulator:said_by', { who, time: timeOfDay(message.at) }),
    );
    const item = message.tapped
      ? make('li', { class: 'tapped' }, t('simulator:tapped', { button: message.tapped }))
      : make(
          'li',
          { class: mine ? 'mine' : 'theirs' },
          make('div', { class: 'bubble' }, ...this.content(message, spoken)),
        );
    this.drawn.set(message.id, item);
    this.list.append(item);
  }

  content(message, spoken) {
    const buttons = (message.buttons ?? []).map((button) => this.drawButton(message, button));
    return [
      spoken,
      message.template ? make('span', { class: 'template' }, t('simulator:template')) : null,
      drawMedia(message.media, () => this.keepAtEnd()),
      message.media && message.text === `[${message.media.kind}]`
        ? null
        : make('p', { class: 'text' }, message.text),
      make('span', { class: 'time', 'aria-hidden': 'true' }, timeOfDay(message.at)),
      buttons.length ? make('div', { class: 'buttons' }, ...buttons) : null,
    ];
  }

  drawButton(message, button) {
    if (button.type === 'oa.open.url')
      return make(
        'a',
        {
          href: button.payload,
          target: '_blank',
          rel: 'noreferrer',
          title: t('simulator:link_leaves', { url: button.payload }),
        },
        button.title,
      );
    if (button.type === 'oa.open.phone' || button.type === 'oa.open.sms')
      return make(
        'a',
        { href: `tel:+${button.payload}`, title: t('simulator:call_leaves', { phone: button.payload }) },
        button.title,
      );
    const tap = { user: this.person.id, message: message.id, button: button.title, wait: false };
    return make('button', { type: 'button', onclick: () => this.do('/tap', tap) }, button.title);
  }

  /** The state of the person's last message stands under it. */
  drawTick() {
    this.tick?.remove();
    clearTimeout(this.tickTimer);
    const last = this.person.chat.findLast((message) => message.from === 'person');
    if (!last) return;
    const answered = this.person.chat.at(-1).from === 'oa';
    const waited = this.now() - last.at;
    const late = last.state === 'waiting' && waited > WAITING_SHOWN_MS;
    const key = late ? 'waiting' : last.state === 'waiting' ? 'sent' : answered ? 'seen' : 'received';
    this.tick = make(
      'span',
      { class: `tick ${key}` },
      `${key === 'sent' || late ? '✓' : '✓✓'} ${t(TICKS[key])}`,
    );
    this.drawn.get(last.id)?.append(this.tick);
    if (last.state === 'waiting' && !late)
      this.tickTimer = setTimeout(() => this.drawTick(), WAITING_SHOWN_MS + 100);
  }

  key(event) {
    // While a Vietnamese input method is composing, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  grow() {
    this.input.rows = Math.min(4, this.input.value.split('\n').length);
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (text === '') return;
    this.input.value = '';
    this.grow();
    this.toEnd();
    this.say(text);
  }

  say(text) {
    return this.do('/say', { user: this.person.id, text, wait: false });
  }

  toggleFollow() {
    return this.do('/follow', { user: this.person.id, follow: !this.person.follows });
  }

  /** One thing after the other, so that messages leave in the order in which they were typed. */
  do(path, body) {
    this.queue = this.queue.then(() => call('POST', path, body)).catch((error) => this.onFail(error));
    return this.queue;
  }

  see() {
    if (document.hidden || !this.person.chat.some((m) => m.state === 'unseen')) return;
    this.do('/seen', { user: this.person.id });
  }

  focus() {
    this.input.focus({ preventScroll: false });
  }
}

const TICKS = {
  sent: 'simulator:sent',
  received: 'simulator:received',
  seen: 'simulator:seen',
  waiting: 'simulator:waiting',
};

/** Asks for a name in a dialog; resolves with it, or with null. */
export function askName(present, okText) {
  return askText(t('simulator:new_name'), okText, { present, hint: t('simulator:new_name_hint'), max: 80 });
}

/** Asks for a line of text in a dialog; resolves with it, or with null. */
export function askText(label, okText, { present = '', hint = '', max = 2000 } = {}) {
  const dialog = byId('ask');
  const input = byId('ask-name');
  byId('ask-label').textContent = label;
  byId('ask-ok').textContent = okText;
  Object.assign(input, { value: present, placeholder: hint, maxLength: max });
  dialog.returnValue = '';
  dialog.showModal();
  input.select();
  byId('ask-cancel').onclick = () => dialog.close('');
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'ok' ? input.value.trim() : null), {
      once: true,
    });
  });
}
