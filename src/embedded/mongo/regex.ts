import { BSONRegExp } from 'bson';
import { compareStrings, isRegex } from './bson-values';
import { CommandError, badValue } from './errors';

/** Regular expressions of queries, run by the JavaScript engine: the options i, m, s and x, and a leading `(?i)`. */
export function regexTest(source: unknown, options?: unknown): (value: unknown) => boolean {
  if (!isRegex(source) && typeof source !== 'string') throw badValue('$regex has to be a string');
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  const wanted = isRegex(source)
    ? options === undefined
      ? source
      : new BSONRegExp(source.pattern, options)
    : new BSONRegExp(source, options ?? '');
  const regex = toRegExp(wanted);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    return isRegex(value) && sameRegex(value, wanted);
  };
}

function sameRegex(a: BSONRegExp, b: BSONRegExp): boolean {
  return compareStrings(a.pattern, b.pattern) === 0 && a.options === b.options;
}

function toRegExp(regex: BSONRegExp): RegExp {
  let pattern = regex.pattern;
  let flags = regex.options;
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline) {
    pattern = pattern.slice(inline[0].length);
    flags += inline[1] as string;
  }
  for (const flag of flags)
    if (!'imsxu'.includes(flag))
      throw new CommandError(51108, 'Location51108', `invalid flag in regex options: ${flag}`);
  if (flags.includes('x'))
    pattern = pattern.replace(/\\#|#.*$|\s+/gm, (found) => (found === '\\#' ? found : ''));
  try {
    return new RegExp(pattern, [...new Set(flags)].filter((flag) => 'imsu'.includes(flag)).join(''));
  } catch (error) {
    throw new CommandError(
      51091,
      'Location51091',
      `Regular expression is invalid: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The plain text every match must begin with: `^report:2026` gives `report:2026`. Null when nothing is certain. */
export function literalPrefix(regex: BSONRegExp): string | null {
  if (/[imx]/.test(regex.options) || !regex.pattern.startsWith('^')) return null;
  const found = /^\^((?:[\w:@ -]|\\[.:/-])+)/.exec(regex.pattern);
  if (!found || regex.pattern.includes('|')) return null;
  let text = found[1] as string;
  // A quantifier behind the last character makes that character uncertain.
  if (/^[*+?{]/.test(regex.pattern.slice(1 + text.length))) text = text.replace(/\\?.$/, '');
  const plain = text.replace(/\\(.)/g, '$1');
  return plain === '' ? null : plain;
}
