import type { UserKey } from './ids';

/** A part that keeps something of people and forgets it when one of them asks to be forgotten. */
export interface Erases {
  /** Its docstring says what stays. Doing it twice is doing it once. */
  erase(user: UserKey): Promise<void>;
}
