import { connect, type Socket } from 'node:net';
import { stopwatch } from '../../src/kernel/clock';
import { pause } from './villager';

/** HTTP as strangers speak it: any bytes, slowly, without end, or nothing at all. */

/** Posts bytes over kept connections of its own, so many at once as are asked for. */
export class Poster {
  private readonly idle: Socket[] = [];
  private readonly all = new Set<Socket>();

  constructor(private readonly url: () => string) {}

  /** The status of the answer; null when the line was cut without one. A header may be given several times. */
  async post(
    body: Buffer | string,
    headers: Readonly<Record<string, string | readonly string[]>> = {},
  ): Promise<number | null> {
    const { hostname, port, pathname } = new URL(this.url());
    const socket = this.idle.pop() ?? (await this.open(hostname, Number(port)));
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((each) => `${name}: ${each}\r\n`),
    );
    const head = `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    return new Promise((resolve) => {
      let heard = '';
      const settle = (status: number | null, keep: boolean): void => {
        socket.removeAllListeners('data');
        socket.off('close', cut);
        if (keep) this.idle.push(socket);
        else socket.destroy();
        resolve(status);
      };
      const cut = (): void => settle(null, false);
      socket.once('close', cut);
      socket.on('data', (part: Buffer) => {
        heard += part.toString('latin1');
        const end = heard.indexOf('\r\n\r\n');
        if (end < 0) return;
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(heard)?.[1] ?? 0);
        if (heard.length < end + 4 + length) return;
        settle(Number(heard.slice(9, 12)), !/\r\nconnection: close/i.test(heard));
      });
      socket.write(Buffer.concat([Buffer.from(`${head}${lines.join('')}\r\n`), Buffer.from(body)]));
    });
  }

  /** As a messenger does: what could not be stored in time (503) is sent again, three times at most, the first after a second. */
  async postAsMessenger(
    body: Buffer | string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<number | null> {
    let status = await this.post(body, headers);
    for (const waitMs of [1_000, 2_000, 4_000]) {
      if (status !== 503) break;
      await pause(waitMs);
      status = await this.post(body, headers);
    }
    return status;
  }

  /** Posts so many, 32 at once; answers how often each status came. */
  async flood(
    count: number,
    make: (n: number) => () => Promise<number | null>,
  ): Promise<Record<string, number>> {
    const answers: Record<string, number> = {};
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let n = next++; n < count; n = next++) {
        const status = String((await make(n)()) ?? 'none');
        answers[status] = (answers[status] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: 32 }, lane));
    return answers;
  }

  close(): void {
    for (const socket of this.all) socket.destroy();
  }

  private async open(host: string, port: number): Promise<Socket> {
    const socket = connect(port, host);
    socket.setNoDelay(true);
    this.all.add(socket);
    socket.on('close', () => {
      this.all.delete(socket);
      const at = this.idle.indexOf(socket);
      if (at >= 0) this.idle.splice(at, 1);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    // Cut lines end in `close`, which tells.
    socket.on('error', () => undefined);
    return socket;
  }
}

/** A connection of one's own, to be misused. */
export class Line {
  /** Everything that came back. */
  heard = '';
  /** Milliseconds from the connection to its end; null while it is open. */
  closedMs: number | null = null;
  readonly whenClosed: Promise<void>;

  private constructor(readonly socket: Socket) {
    socket.on('data', (part: Buffer) => (this.heard += part.toString('latin1')));
    // Being cut off is what is expected; `closed` tells.
    socket.on('error', () => undefined);
    const since = stopwatch();
    this.whenClosed = new Promise((resolve) =>
      socket.once('close', () => {
        this.closedMs = since();
        resolve();
      }),
    );
  }

  static async to(port: number): Promise<Line> {
    const socket = connect(port, '127.0.0.1');
    const line = new Line(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return line;
  }

  /** Many, a hundred at a time: more at once than the other side's queue holds would only seem to be connected. */
  static async many(port: number, count: number): Promise<Line[]> {
    const lines: Line[] = [];
    while (lines.length < count) {
      const more = Math.min(100, count - lines.length);
      lines.push(...(await Promise.all(Array.from({ length: more }, () => Line.to(port)))));
    }
    return lines;
  }

  get closed(): boolean {
    return this.closedMs !== null;
  }

  get status(): number | null {
    const match = /^HTTP\/1\.1 (\d{3})/.exec(this.heard);
    return match ? Number(match[1]) : null;
  }

  /** Writes on and on until the other side has answered or hung up, or all is written; answers the bytes handed over. */
  async pour(part: Buffer, times: number, everyMs = 0): Promise<number> {
    let poured = 0;
    for (let n = 0; n < times && !this.closed && this.status === null; n++) {
      const more = this.socket.write(part);
      poured += part.length;
      if (everyMs > 0) await pause(everyMs);
      else if (!more) await Promise.race([this.drained(), this.whenClosed]);
    }
    return poured;
  }

  /** One byte a second until it is cut off. */
  drip(text: string): void {
    let at = 0;
    const timer = setInterval(() => {
      if (this.closed) clearInterval(timer);
      else this.socket.write(text[at++ % text.length] as string);
    }, 1_000);
  }

  close(): void {
    this.socket.destroy();
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      this.socket.once('drain', resolve);
      setTimeout(resolve, 200);
    });
  }
}
