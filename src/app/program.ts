import { existsSync } from 'node:fs';
import { config as loadEnv } from 'dotenv';
import { readConfig, type Config } from '../config/config';
import { messageOf } from '../kernel/errors';
import { createLog } from '../observability/logger';
import { explain } from './explain';
import { buildApp } from './app';
import type { App } from './life';

/** Starting and stopping the program. */

const STOP_WITHIN_MS = 15_000;

/** Reads `.env` beside the program (what the environment already says wins), then the configuration. */
export function configFromEnvironment(): Config {
  if (existsSync('.env')) loadEnv({ quiet: true });
  return readConfig(process.env);
}

/** Starts every asked role and stays until a signal; answers the exit code when it could not start. */
export async function startProgram(_args: readonly string[]): Promise<number> {
  let app: App | null = null;
  // Until it is ready nothing has been acknowledged, so a signal may end it at once. The handlers stay: one that is
  // exchanged loses a signal that came just then, and `once` lets a second signal cut the stop short.
  let onSignal = (): void => process.exit(0);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => onSignal());
  try {
    const config = configFromEnvironment();
    const logging = createLog({ level: config.LOG_LEVEL, file: config.LOG_FILE });
    app = await buildApp(config, logging.log);
    const url = await app.start();
    process.stdout.write(`${readyLine(config, url)}\n`);
    process.on('unhandledRejection', (error) =>
      logging.log.error({ reason: messageOf(error) }, 'a failure nobody caught'),
    );
    const stop = stopper(app, () => logging.close());
    onSignal = () => stop(0);
    void app.failed.then((error) => {
      process.stderr.write(`${explain(error)}\n`);
      stop(1);
    });
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    await app?.stop(2_000);
    return 1;
  }
}

function readyLine(config: Config, url: string): string {
  const where = config.mode === 'simulator' ? `${url}/simulator` : url;
  return `Ready: ${where}`;
}

/** Stops the program within its time and ends the process with this code; asked again it goes on as it is. */
function stopper(app: App, closeLog: () => void): (code: number) => void {
  let stopping = false;
  return (code) => {
    if (stopping) return;
    stopping = true;
    const limit = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
    void app.stop(STOP_WITHIN_MS - 2_000).then(() => {
      clearTimeout(limit);
      closeLog();
      process.exit(code);
    });
  };
}
