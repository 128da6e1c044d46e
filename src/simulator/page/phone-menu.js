import { icon, make } from './dom.js';
import { askText } from './phone.js';
import { t } from './words.js';

/** The menu of one phone: things to send besides text, and what people and the office's staff do around a chat. */

const PLUS = 'M12 5v14M5 12h14';
const FILE_KINDS = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'audio/amr': 'audio',
  'audio/aac': 'audio',
};

export class PhoneMenu {
  /** `hasConsole()` says whether this messenger knows more than texts and taps. */
  constructor(phone, hasConsole) {
    this.phone = phone;
    this.hasConsole = hasConsole;
    this.summary = make('summary', { class: 'quiet icon' }, icon(PLUS));
    this.list = make('ul', {});
    this.element = make('details', { class: 'more' }, this.summary, this.list);
    this.file = make('input', { type: 'file', hidden: true, onchange: () => this.sendFile() });
    this.element.append(this.file);
    this.element.addEventListener('keydown', (event) => this.key(event));
    this.element.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !this.element.contains(event.relatedTarget)) this.element.open = false;
    });
  }

  speak(name) {
    this.summary.setAttribute('aria-label', t('simulator:more_of', { name }));
    this.summary.title = t('simulator:more_of', { name });
    this.element.hidden = !this.hasConsole();
    this.draw();
  }

  draw() {
    const entries = [
      ...['image', 'audio', 'file', 'location', 'sticker'].map((kind) => [
        `simulator:send_${kind}`,
        () => this.act({ act: 'send', kind }),
      ]),
      ['simulator:send_own', () => this.file.click()],
      ['simulator:as_staff', () => this.writeAsStaff()],
      ['simulator:react', () => this.react()],
      ['simulator:refuse', () => this.act({ act: 'refuse', code: -244 })],
      ['simulator:accept', () => this.act({ act: 'refuse', code: null })],
      ['simulator:withdraw', () => this.act({ act: 'withdraw' })],
    ];
    this.list.replaceChildren(
      ...entries.map(([key, run]) =>
        make('li', {}, make('button', { type: 'button', onclick: () => this.choose(run) }, t(key))),
      ),
    );
  }

  choose(run) {
    this.element.open = false;
    this.summary.focus();
    void run();
  }

  key(event) {
    const buttons = [...this.list.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === 'Escape' && this.element.open) {
      event.stopPropagation();
      this.element.open = false;
      this.summary.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.element.open = true;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const from = at === -1 && step === -1 ? 0 : at;
      buttons[(from + step + buttons.length) % buttons.length].focus();
    }
  }

  act(what) {
    return this.phone.do('/act', { ...what, user: this.phone.person.id });
  }

  async writeAsStaff() {
    const text = await askText(t('simulator:as_staff_ask'), t('simulator:send'));
    if (text) await this.phone.do('/admin', { user: this.phone.person.id, text });
  }

  react() {
    const message = this.phone.person.chat.findLast((m) => m.from === 'oa');
    return message ? this.act({ act: 'react', message: message.id, icon: '/-heart' }) : undefined;
  }

  async sendFile() {
    const [file] = this.file.files;
    if (!file) return;
    const kind = FILE_KINDS[file.type] ?? (file.type.startsWith('audio/') ? 'audio' : 'file');
    const asked = new URLSearchParams({ user: this.phone.person.id, kind, name: file.name });
    const answer = await fetch(`/simulator/send-file?${asked}`, { method: 'POST', body: file });
    if (!answer.ok)
      this.phone.onFail(new Error((await answer.json().catch(() => ({}))).detail ?? answer.status));
    this.file.value = '';
  }
}
