import { existsSync } from 'node:fs';
import { config as loadEnv } from 'dotenv';
import { readConfig, type Config } from '../config/config';
import { messageOf } from '../kernel/errors';
import { createLog } from '../observability/logger';
import { explain } from './explain';
import { buildApp, type App } from './app';

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
  // Until it is ready nothing has been acknowledged, so a signal may end it at once.
  const leave = (): never => process.exit(0);
  process.once('SIGTERM', leave).once('SIGINT', leave);
  try {
    const config = configFromEnvironment();
    const logging = createLog({ level: config.LOG_LEVEL, file: config.LOG_FILE });
    app = await buildApp(config, logging.log);
    const url = await app.start();
    process.off('SIGTERM', leave).off('SIGINT', leave);
    process.stdout.write(`${readyLine(config, url)}\n`);
    process.on('unhandledRejection', (error) =>
      logging.log.error({ reason: messageOf(error) }, 'a failure nobody caught'),
    );
    stayUntilSignal(app, () => logging.close());
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

function stayUntilSignal(app: App, closeLog: () => void): void {
  let stopping = false;
  const stop = (code: number): void => {
    if (stopping) return;
    stopping = true;
    const limit = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
    void app.stop(STOP_WITHIN_MS - 2_000).then(() => {
      clearTimeout(limit);
      closeLog();
      process.exit(code);
    });
  };
  // Not `once`: a signal to the whole group comes a second time by npm, and must not cut the stop short.
  process.on('SIGTERM', () => stop(0)).on('SIGINT', () => stop(0));
  void app.failed.then((error) => {
    process.stderr.write(`${explain(error)}\n`);
    stop(1);
  });
}
