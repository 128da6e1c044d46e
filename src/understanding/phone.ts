import { normalText } from '../kernel/vn-text';

/** The Vietnamese phone number in the text as `84…` digits (how Zalo wants it); null when there is none, or more than one. */
export function readPhone(text: string): string | null {
  const found = [...normalText(text).matchAll(/(?<![\d.])(?:\+?84|0)[ .-]?(?:\d[ .-]?){8,10}(?!\d)/g)]
    .map(([number]) => number.replace(/\D/g, '').replace(/^0/, '84'))
    .filter((number) => /^84(?:[35789]\d{8}|2\d{9})$/.test(number));
  const numbers = [...new Set(found)];
  return numbers.length === 1 ? (numbers[0] ?? null) : null;
}
