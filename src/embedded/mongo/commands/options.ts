import { show } from '../bson-text';
import { isDoc, isNumber, toNumber, type Doc } from '../bson-values';
import { CommandError, badValue, typeMismatch, unsupported } from '../errors';

/** Reading the fields of commands: each command names what it takes, and whatever else is sent is refused by name. */
const EVERYWHERE = new Set(['$db', '$readPreference', 'comment', 'writeConcern', 'readConcern']);

/** Refuses every field not listed, and concerns this store cannot honour. Fields set to null or undefined are as good as missing. */
export function takeOnly(command: Doc, name: string, allowed: ReadonlySet<string>): void {
  for (const key in command) {
    if (allowed.has(key) || key === name || key === '$db') continue;
    if (!EVERYWHERE.has(key)) throw unsupported(`${key} in ${name}`);
    if (key === 'writeConcern') checkWriteConcern(command.writeConcern);
    if (key === 'readConcern') checkReadConcern(command.readConcern);
  }
}

function checkWriteConcern(concern: unknown): void {
  if (!isDoc(concern)) throw typeMismatch('writeConcern must be an object');
  const { w } = concern;
  if (w === undefined || w === 'majority' || w === 0 || w === 1) return;
  throw new CommandError(2, 'BadValue', "cannot use 'w' > 1 when a host is not replicated");
}

function checkReadConcern(concern: unknown): void {
  const level = isDoc(concern) ? concern.level : undefined;
  if (level !== undefined && level !== 'local' && level !== 'available')
    throw unsupported(`readConcern ${show(level)}`);
}

export function textOf(command: Doc, key: string): string {
  const value = command[key];
  if (typeof value !== 'string' || value === '')
    throw new CommandError(73, 'InvalidNamespace', `collection name in ${key} has to be a non-empty string`);
  return value;
}

export function databaseOf(command: Doc): string {
  const name = command.$db;
  if (typeof name !== 'string' || name === '' || /[/\\. "$\0]/.test(name))
    throw new CommandError(73, 'InvalidNamespace', `Invalid database name: ${show(name)}`);
  return name;
}

/** A whole number that is not negative, or `fallback` when it is not there. */
export function countOf(command: Doc, key: string, fallback: number): number {
  const value = command[key];
  if (value === undefined || value === null) return fallback;
  if (!isNumber(value)) throw typeMismatch(`${key} has to be a number`);
  const number = toNumber(value);
  if (number < 0)
    throw new CommandError(51024, 'Location51024', `${key} value must be >= 0, actual value '${number}'`);
  return Math.trunc(number);
}

export function flagOf(command: Doc, key: string): boolean {
  const value = command[key];
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return toNumber(value) !== 0;
  throw typeMismatch(`${key} has to be true or false`);
}

/** A document, or undefined when it is not there. */
export function docOf(command: Doc, key: string): Doc | undefined {
  const value = command[key];
  if (value === undefined || value === null) return undefined;
  if (!isDoc(value)) throw typeMismatch(`Expected field ${key} to be of type object`);
  return value;
}

export function listOf(command: Doc, key: string): unknown[] {
  const value = command[key];
  if (!Array.isArray(value)) throw typeMismatch(`Expected field ${key} to be an array`);
  return value;
}

/** The statements of a write: documents of their own, from 1 to 100,000 of them. */
export function statementsOf(command: Doc, key: string): Doc[] {
  const all = listOf(command, key);
  checkBatch(all.length);
  return all.map((statement) => {
    if (!isDoc(statement)) throw badValue(`${key} must hold documents`);
    return statement;
  });
}

export function checkBatch(size: number): void {
  if (size === 0 || size > 100_000)
    throw new CommandError(
      16,
      'InvalidLength',
      `Write batch sizes must be between 1 and 100000. Got ${size}`,
    );
}
