import { BSONRegExp } from 'bson';
import { isRegex } from './bson-values';
import { messageOf } from '../../kernel/errors';
import { CommandError, badValue, unsupported } from './errors';

/** Regular expressions of queries, run by the JavaScript engine, with the options i, m and s. Each looks at the whole collection. */
export function regexTest(source: unknown, options?: unknown): (value: unknown) => boolean {
  if (!isRegex(source) && typeof source !== 'string') throw badValue('$regex has to be a string');
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  const wanted = isRegex(source)
    ? options === undefined
      ? source
      : new BSONRegExp(source.pattern, options)
    : new BSONRegExp(source, options ?? '');
  const regex = toRegExp(wanted);
  return (value) => typeof value === 'string' && regex.test(value);
}

function toRegExp({ pattern, options }: BSONRegExp): RegExp {
  if (/[^ims]/.test(options))
    throw unsupported(`the option of a regular expression in '${options}'`, 2, 'BadValue');
  try {
    return new RegExp(pattern, options);
  } catch (error) {
    throw new CommandError(51091, 'Location51091', `Regular expression is invalid: ${messageOf(error)}`);
  }
}
