import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { proofOf } from './proof';
import { addressed, replyOf } from './reply';
import { MessageReader, parseRequest } from './wire';

const PATIENCE_MS = 2_000;

/** Whether the store with this secret listens there, on a socket or a port; false also when nothing does. */
export function answersTo(at: string | number, token: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = typeof at === 'string' ? connect(at) : connect({ host: '127.0.0.1', port: at });
    const reader = new MessageReader();
    const done = (found: boolean): void => {
      socket.destroy();
      resolve(found);
    };
    const question = randomBytes(16).toString('hex');
    socket.setTimeout(PATIENCE_MS, () => done(false));
    socket.on('error', () => done(false));
    socket.on('close', () => done(false));
    socket.on('connect', () =>
      socket.write(addressed(replyOf({ hello: 1, prove: question, $db: 'admin' }), 0)),
    );
    socket.on('data', (chunk) => {
      try {
        const [message] = reader.push(chunk);
        if (message !== undefined) done(parseRequest(message).command.proof === proofOf(token, question));
      } catch {
        // Whoever this is does not speak the protocol: not ours.
        done(false);
      }
    });
  });
}
