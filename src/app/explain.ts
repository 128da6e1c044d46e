import { isAppError, messageOf, type AppError } from '../kernel/errors';
import { Dictionary, type Vars } from '../kernel/i18n';
import { loadLocales } from './load-locales';

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
