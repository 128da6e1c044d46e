import { stopwatch } from './clock';

/**
 * Named places where a rehearsal kills the process, so that a crash there can be proven harmless.
 * Nothing happens unless one was armed, which only a rehearsal does (`FAILPOINT` in the configuration, refused in production).
 */
export type FailpointName =
  | 'before_store'
  | 'after_store'
  | 'after_ack'
  | 'after_effects'
  | 'after_enqueue'
  | 'after_state'
  | 'before_send'
  | 'after_send'
  | 'after_token_answer'
  | 'after_token_kept'
  | 'after_token_stored';

/** What a poisoned message does to whoever handles it: `spins` for five seconds, `hangs` for ever. */
export type Poison = 'throws' | 'spins' | 'hangs' | 'dies';

const SPIN_MS = 5_000;

let armed: { name: string; countdown: number } | null = null;
let stopWaiting: () => void = () => undefined;
let poisons: readonly { readonly what: Poison; readonly word: string }[] = [];

/**
 * `after_store:3` dies at the third passage, `after_store:3:later` at the third after the signal SIGUSR2;
 * `poison_dies:WORD` when a message with that word is handled (so do `poison_throws`, `poison_spins`, `poison_hangs`).
 * Several stand with commas. An empty text disarms. Throws a RangeError for anything else.
 */
export function armFailpoint(spec: string): void {
  stopWaiting();
  armed = null;
  poisons = [];
  for (const part of spec === '' ? [] : spec.split(',')) {
    const poison = /^poison_(throws|spins|hangs|dies):([^\s,]+)$/.exec(part);
    const place = /^([a-z_]+):([1-9]\d{0,6})(:later)?$/.exec(part);
    if (poison) poisons = [...poisons, { what: poison[1] as Poison, word: poison[2] as string }];
    else if (place) {
      const aim = { name: place[1] as string, countdown: Number(place[2]) };
      if (place[3]) armOnSignal(aim);
      else armed = aim;
    } else throw new RangeError(`not a failpoint: ${part}`);
  }
}

/** So one life can first mend what the last one left and then die on purpose. */
function armOnSignal(aim: { name: string; countdown: number }): void {
  const arm = (): void => void (armed = aim);
  process.once('SIGUSR2', arm);
  stopWaiting = () => process.off('SIGUSR2', arm);
}

/** Dies here with SIGKILL when this place was armed and its count is up. */
export function failpoint(name: FailpointName): void {
  if (armed?.name !== name) return;
  armed.countdown -= 1;
  if (armed.countdown <= 0) process.kill(process.pid, 'SIGKILL');
}

/** Suffers what the text was poisoned with, when a rehearsal has armed that. */
export function swallow(text: string): void {
  for (const { what, word } of poisons) {
    if (!text.includes(word)) continue;
    if (what === 'throws') throw new Error('poisoned for a rehearsal');
    if (what === 'dies') process.kill(process.pid, 'SIGKILL');
    const since = stopwatch();
    while (what === 'hangs' || since() < SPIN_MS);
  }
}
