import type http from 'node:http';
import { stopwatch } from '../kernel/clock';

/** A request whose line stands later than this after it was made is given up; the outbox counts on it when it takes over. */
const LEAVES_WITHIN_MS = 2_000;

/** Codes of requests for which there never was a line. */
const NEVER_LEFT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

/** Until its line stands nothing of a request can have arrived. */
export interface ConnectDeadline {
  stood: boolean;
}

/**
 * Notes when the line of a request stands. A process that was frozen while it connected would send on waking what
 * another has sent in its place meanwhile: such a request is broken off, with the code TOO_LATE, before a byte leaves.
 */
export function watchConnect(
  request: http.ClientRequest,
  secure: boolean,
  line: ConnectDeadline = { stood: false },
): ConnectDeadline {
  const since = stopwatch();
  const inTime = (): boolean => {
    if (since() <= LEAVES_WITHIN_MS) return true;
    request.destroy(Object.assign(new Error('too late to leave'), { code: 'TOO_LATE' }));
    return false;
  };
  const stands = (): void => void (line.stood = inTime());
  request.once('socket', (socket) => {
    if (!socket.connecting) return stands();
    if (secure) socket.once('connect', inTime);
    socket.once(secure ? 'secureConnect' : 'connect', stands);
  });
  return line;
}

/** Whether a request that failed with this code has certainly not been carried out, and may be made again. */
export function neverLeft(line: ConnectDeadline, code: string | undefined): boolean {
  return !line.stood || NEVER_LEFT.has(code ?? '');
}
