import { isLoopback } from '../kernel/loopback';
import http from 'node:http';
import https from 'node:https';
import { messageOf } from '../kernel/errors';

/** Bare HTTP requests to the webhook with one deadline for the whole answer, over kept connections. */
export class WebhookCaller {
  /** Why the last request without an answer had none. */
  lastError: string | null = null;
  private readonly http = new http.Agent({ keepAlive: true, maxSockets: 64 });
  private readonly https = new https.Agent({ keepAlive: true, maxSockets: 64 });

  constructor(
    private readonly deadlineMs: number,
    /** An address of this machine's own beside loopback. */
    public ownHost: string | null = null,
  ) {}

  /** A fake reaches nobody but the program beside it. */
  mayCall(target: string): boolean {
    const name = new URL(target).hostname.replace(/^\[|\]$/g, '');
    return isLoopback(name) || name === this.ownHost;
  }

  /** The status of the answer; null when there was none in time. Never throws. */
  call(
    target: string,
    method: string,
    headers: Readonly<Record<string, string>>,
    body: string | null,
  ): Promise<number | null> {
    if (!this.mayCall(target)) {
      this.lastError = 'only addresses of this machine are called';
      return Promise.resolve(null);
    }
    const url = new URL(target);
    const secure = url.protocol === 'https:';
    const bytes = body === null ? null : Buffer.from(body);
    const about =
      bytes === null ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(bytes.length) };
    return new Promise((resolve) => {
      const settle = (status: number | null, why: string | null = null): void => {
        clearTimeout(deadline);
        if (why !== null) this.lastError = why;
        resolve(status);
      };
      const request = (secure ? https : http).request(
        url,
        { method, agent: secure ? this.https : this.http, headers: { ...about, ...headers } },
        (response) => {
          response.resume();
          response.on('end', () => settle(response.statusCode ?? null));
          response.on('error', (error) => settle(null, messageOf(error)));
        },
      );
      const deadline = setTimeout(() => {
        settle(null, `no answer within ${this.deadlineMs} ms`);
        request.destroy();
      }, this.deadlineMs);
      request.on('error', (error) => settle(null, messageOf(error)));
      request.end(bytes ?? undefined);
    });
  }

  close(): void {
    this.http.destroy();
    this.https.destroy();
  }
}
