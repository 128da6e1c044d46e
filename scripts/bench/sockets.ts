import { connect, type Socket } from 'node:net';

/** Keep-alive connections that cost next to nothing: one request out at a time on each, answers only looked at for their status. */
export class Line {
  private answered: ((status: number) => void) | null = null;
  private part = '';

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => this.take(chunk.toString('latin1')));
    socket.on('error', () => this.finish(0));
    socket.on('close', () => this.finish(0));
  }

  static open(port: number): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('connect', () => resolve(new Line(socket)));
      socket.once('error', reject);
    });
  }

  /** Calls `done` with the status, or with 0 when the connection broke. */
  send(request: Buffer, done: (status: number) => void): void {
    this.answered = done;
    if (this.socket.destroyed) return this.finish(0);
    this.socket.write(request);
  }

  close(): void {
    this.socket.destroy();
  }

  private take(text: string): void {
    const whole = this.part === '' ? text : this.part + text;
    if (!whole.endsWith('\r\n\r\n')) {
      this.part = whole;
      return;
    }
    this.part = '';
    this.finish(Number(whole.slice(9, 12)));
  }

  private finish(status: number): void {
    const done = this.answered;
    this.answered = null;
    done?.(status);
  }
}
