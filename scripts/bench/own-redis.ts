import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface OwnRedis {
  readonly url: string;
  end(): void;
}

/** A redis-server for a yardstick, keeping nothing, ended with this process; null where none is installed. */
export async function startRedis(): Promise<OwnRedis | null> {
  const port = await freePort();
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  const end = (): void => void server.kill('SIGKILL');
  process.once('exit', end);
  let gone = false;
  server.once('error', () => (gone = true));
  server.once('exit', () => (gone = true));
  for (let waited = 0; waited < 5_000 && !gone; waited += 50) {
    if (await answers(port)) return { url: `redis://127.0.0.1:${port}`, end };
    await pause(50);
  }
  end();
  return null;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const tell = (so: boolean) => (): void => {
      socket.destroy();
      resolve(so);
    };
    socket.once('connect', tell(true));
    socket.once('error', tell(false));
  });
}
