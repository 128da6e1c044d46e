import { connect } from 'node:net';
import { addressed, replyOf } from './reply';
import { MessageReader, parseRequest } from './wire';

const PATIENCE_MS = 2_000;

/** Asks whatever listens on a loopback port for the token of its store; null when it is no embedded store, or nothing is there. */
export function tokenOfServer(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const reader = new MessageReader();
    const done = (token: string | null): void => {
      socket.destroy();
      resolve(token);
    };
    socket.setTimeout(PATIENCE_MS, () => done(null));
    socket.on('error', () => done(null));
    socket.on('close', () => done(null));
    socket.on('connect', () => socket.write(addressed(replyOf({ hello: 1, $db: 'admin' }), 0)));
    socket.on('data', (chunk) => {
      try {
        const [message] = reader.push(chunk);
        if (message === undefined) return;
        const { embeddedStore } = parseRequest(message).command;
        done(typeof embeddedStore === 'string' ? embeddedStore : null);
      } catch {
        // Whoever this is does not speak the protocol: not ours.
        done(null);
      }
    });
  });
}
