import type { Response } from 'express';
import { sleep } from '../kernel/retry';
import type { Fault } from './faults';
import { isFields } from './openapi/answers';

/** How an ordered fault changes an answer, or takes its place. */

const HTML_ERROR =
  '<html><head><title>500 Internal Server Error</title></head><body><center><h1>500 Internal Server Error</h1></center><hr><center>nginx</center></body></html>';
const NOT_DONE = ['code', 'html', 'empty', 'error_name', 'reset', 'timeout', 'throttled'];

type Log = (status: number | null, answer: unknown) => void;

/** Whether Zalo does the work in spite of the fault. */
export function isAccepted(fault: Fault): boolean {
  return !NOT_DONE.includes(fault.kind);
}

export function refuseByFault(fault: Fault, res: Response, log: Log): void {
  switch (fault.kind) {
    case 'code': {
      const error = fault.asString ? String(fault.code) : fault.code;
      const answer = { error, message: fault.message ?? 'Injected failure' };
      log(200, answer);
      res.json(answer);
      return;
    }
    case 'html': {
      const status = fault.status ?? 500;
      log(status, 'HTML');
      res.status(status).type('html').send(HTML_ERROR);
      return;
    }
    case 'empty':
      log(200, '');
      res.status(200).end();
      return;
    case 'error_name': {
      const answer = { error_name: 'Invalid refresh token', error_reason: 'Injected failure' };
      log(200, answer);
      res.json(answer);
      return;
    }
    case 'throttled':
      log(429, 'HTML');
      if (fault.retryAfter !== undefined) res.set('Retry-After', String(fault.retryAfter));
      res.status(429).type('html').send(HTML_ERROR.replaceAll('500 Internal Server Error', '429'));
      return;
    default:
      log(null, null);
      // Of a time-out nothing is ever said: the caller hangs up.
      if (fault.kind === 'reset') res.socket?.destroy();
  }
}

export async function answerWith(
  fault: Fault | null,
  answer: object,
  res: Response,
  log: Log,
): Promise<void> {
  if (fault?.kind === 'timeout_after_accept') return log(null, answer);
  if (fault?.kind === 'reset_after_accept') {
    log(null, answer);
    res.socket?.destroy();
    return;
  }
  if (fault?.kind === 'torn_answer') return tear(answer, res, log);
  if (fault?.kind === 'slow') await sleep(fault.ms);
  const odd = fault ? oddly(fault, answer) : answer;
  log(200, odd);
  res.json(odd);
}

/** Half of the answer leaves, then the connection breaks. */
function tear(answer: object, res: Response, log: Log): void {
  const text = JSON.stringify(answer);
  log(null, answer);
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  res.write(text.slice(0, text.length / 2), () => res.socket?.destroy());
}

function oddly(fault: Fault, answer: object): object {
  if (!('error' in answer)) return answer;
  const data = 'data' in answer ? answer.data : undefined;
  if (fault.kind === 'string_error') return { ...answer, error: String(answer.error) };
  if (fault.kind === 'nested_data') return { ...answer, data: { data } };
  if (fault.kind === 'numeric_remain' && isFields(data) && isFields(data['quota']))
    return {
      ...answer,
      data: { ...data, quota: { ...data['quota'], remain: Number(data['quota']['remain'] ?? 0) } },
    };
  return answer;
}
