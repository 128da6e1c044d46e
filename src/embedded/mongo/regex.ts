import { messageOf } from '../../kernel/errors';
import { isRegex } from './bson-values';
import { CommandError, badValue, unsupported } from './errors';

/** Regular expressions of queries, run by the JavaScript engine, with the options i, m and s. Each looks at the whole collection. */
export function regexTest(source: unknown, options?: unknown): (value: unknown) => boolean {
  if (!isRegex(source) && typeof source !== 'string') throw badValue('$regex has to be a string');
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  const [pattern, own] = isRegex(source) ? [source.pattern, source.options] : [source, ''];
  const flags = options ?? own;
  if (/[^ims]/.test(flags))
    throw unsupported(`an option of a regular expression in '${flags}'`, 2, 'BadValue');
  let regex: RegExp;
  try {
    regex = new RegExp(pattern, flags);
  } catch (error) {
    throw new CommandError(51091, 'Location51091', `Regular expression is invalid: ${messageOf(error)}`);
  }
  return (value) => typeof value === 'string' && regex.test(value);
}
