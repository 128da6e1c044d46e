/** The page's words in the chosen language, and how it writes times: always as a clock in Viet Nam shows them. */

const ZONE = 'Asia/Ho_Chi_Minh';
let words = {};
let locale = 'vi';

export function language() {
  return locale;
}

export async function chooseLanguage(wanted) {
  const answer = await fetch(`/simulator/words/${wanted}`);
  words = await answer.json();
  locale = wanted;
  document.documentElement.lang = locale;
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll('[data-label]'))
    element.setAttribute('aria-label', t(element.dataset.label));
  for (const element of document.querySelectorAll('[data-hint]'))
    element.placeholder = t(element.dataset.hint);
  document.title = t('simulator:title');
}

/** A text by its key; a key that is missing is shown, so that it is noticed. */
export function t(key, vars = {}) {
  const text = words[key.replace('simulator:', '')] ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => String(vars[name] ?? ''));
}

/** What a refusal of Zalo means; empty for a number without words. */
export function codeMeaning(code) {
  return words.codes?.[String(code)] ?? '';
}

function format(at, options) {
  return new Intl.DateTimeFormat(locale === 'vi' ? 'vi-VN' : 'en-GB', { timeZone: ZONE, ...options }).format(
    at,
  );
}

export function timeOfDay(at) {
  return format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

export function timeToSecond(at) {
  return format(at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
}

export function dayOf(at) {
  return format(at, { weekday: 'long', day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** «08:00, Thứ Năm 12/3» and the like, for places with little room. */
export function shortInstant(at) {
  const day = format(at, { weekday: 'short', day: 'numeric', month: 'numeric' });
  return `${timeOfDay(at)} · ${day}`;
}

/** `2026-03-12`, the day in Viet Nam. */
export function dayKey(at) {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' });
  return parts.format(at);
}
