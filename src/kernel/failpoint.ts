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

let armed: { name: string; countdown: number } | null = null;

/** `after_store:3` dies at the third passage. An empty text disarms. Throws a RangeError for anything else. */
export function armFailpoint(spec: string): void {
  if (spec === '') {
    armed = null;
    return;
  }
  const match = /^([a-z_]+):([1-9]\d{0,6})$/.exec(spec);
  if (!match) throw new RangeError(`not a failpoint: ${spec}`);
  armed = { name: match[1] as string, countdown: Number(match[2]) };
}

/** Dies here with SIGKILL when this place was armed and its count is up. */
export function failpoint(name: FailpointName): void {
  if (armed?.name !== name) return;
  armed.countdown -= 1;
  if (armed.countdown <= 0) process.kill(process.pid, 'SIGKILL');
}
