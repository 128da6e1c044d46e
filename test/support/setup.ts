/**
 * Before every test file: no address but loopback can be reached from it, by whatever library. Node's own modules are
 * shared by the files of a worker, so the guard is set up once and stays.
 */
import net from 'node:net';

interface Target {
  readonly host?: string | null;
  readonly path?: string | null;
}

const GUARDED = Symbol.for('test: loopback only');
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])$/;

/** Where a call of `connect` leads; Node hands itself its arguments as one list. */
function targetOf(args: readonly unknown[]): Target {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first };
  return typeof second === 'string' ? { host: second } : {};
}

type Connect = (this: net.Socket, ...args: unknown[]) => net.Socket;
const socket = net.Socket.prototype as { connect: Connect; [GUARDED]?: true };
if (!socket[GUARDED]) {
  const { connect } = socket;
  socket.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
    const { host, path } = targetOf(args);
    if (path || LOOPBACK.test(host || 'localhost')) return connect.apply(this, args);
    // Later, since callers go on with the socket in this very moment.
    setImmediate(() => this.destroy(new Error(`tests reach nothing but loopback, not ${host}`)));
    return this;
  };
  socket[GUARDED] = true;
}
