import { existsSync } from 'node:fs';
import { config as loadEnv } from 'dotenv';
import { readConfig, type Config } from '../config/config';
import { AppError, isAppError, messageOf } from '../kernel/errors';
import { Dictionary, type Vars } from '../kernel/i18n';
import { createLog } from '../observability/logger';
import { loadLocales } from './load-locales';
import { buildApp, type App } from './app';

/** Starting and stopping the program, and saying plainly what is wrong when it cannot. */

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
  process.once('SIGTERM', () => stop(0));
  process.once('SIGINT', () => stop(0));
  void app.failed.then((error) => {
    process.stderr.write(`${explain(error)}\n`);
    stop(1);
  });
}

/** One clear sentence for an operator: what is wrong and what to do. */
export function explain(error: unknown): string {
  if (!isAppError(error))
    return `The program could not start: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`;
  return (
    explanations[error.code]?.(error) ?? `The program could not start (${error.code}): ${reasonOf(error)}`
  );
}

function textFact(error: AppError, name: string): string {
  const value = error.facts[name];
  return typeof value === 'string' ? value : '';
}

/** Words for an operator in both languages, a line each; the program has not asked yet which one is wanted. */
function inBoth(key: string, vars: Vars): string {
  const dictionary = new Dictionary(loadLocales());
  return ['en', 'vi'].map((locale) => dictionary.in(locale).t(key, vars)).join('\n');
}

const reasonOf = (error: AppError): string => {
  const why = error.facts['reason'] ?? error.facts['why'];
  return typeof why === 'string' ? why : error.message;
};

const explanations: Partial<Record<AppError['code'], (error: AppError) => string>> = {
  config_invalid: (error) =>
    [
      'The configuration is wrong:',
      ...(error.facts['faults'] as string[]).map((fault) => `  - ${fault}`),
      'Every variable is explained in .env.example.',
    ].join('\n'),
  port_taken: (error) =>
    `Port ${String(error.facts['port'])} is already in use. Stop the program that uses it, or set PORT to another number (PORT=0 takes any free one).`,
  data_dir_in_use: (error) =>
    `The data folder is in use by another running program (process ${String(error.facts['pid'])}). Stop that one first, or set DATA_DIR to another folder.`,
  data_dir_unwritable: (error) =>
    `The data folder ${textFact(error, 'dir')} cannot be written. Check its permissions and the free space, or set DATA_DIR to another folder.`,
  store_unavailable: (error) =>
    `The document store cannot be opened: ${reasonOf(error)}. With MONGODB_URI, check the address and that the server runs; without it, restore DATA_DIR from a backup.`,
  store_full: () =>
    'The disk is full. Free some space and start the program again; nothing that was acknowledged is lost.',
  store_unsafe: (error) =>
    inBoth(`operator:unsafe.${textFact(error, 'problem') || 'wrong_key'}`, {
      found: textFact(error, 'found'),
    }),
};
