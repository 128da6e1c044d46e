import { readFileSync } from 'node:fs';

/** When a process began, as the system counts it; tells a process from a later one with the same id. Null where the system does not say (only Linux does). */
export function processStart(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    // Gone, or /proc is not to be seen: not known either way.
    return null;
  }
  // The name of the program stands in brackets and may hold anything; the numbers begin behind it with the third.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[19] ?? null;
}

/** Whether there is such a process. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
