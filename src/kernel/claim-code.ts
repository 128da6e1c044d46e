/**
 * The one-time codes of invitations: eight digits, printed `4827 9135`, typed with or without blanks. Six digits are
 * taken for an OTP, so no code has six. What people write otherwise in eight digits is never a code: a date, two equal
 * or two round figures side by side.
 */

/** Whether these digits can be a claim code. */
export function isClaimCode(digits: string): boolean {
  if (!/^[1-9]\d{7}$/.test(digits)) return false;
  const [first, second] = [digits.slice(0, 4), digits.slice(4)];
  if (first === second || first.endsWith('00') || second.endsWith('00') || second.startsWith('0'))
    return false;
  if (/^(\d)\1+$/.test(digits) || '012345678909876543210'.includes(digits)) return false;
  return !isDate(digits);
}

/** `48279135` → `4827 9135`, as it stands on the invitation. */
export function printedCode(digits: string): string {
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}

/** `20032026` and `20260320` are days. */
function isDate(digits: string): boolean {
  const [a, b, c] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)];
  const [y, m, d] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)];
  return [
    [a, b, c],
    [d, m, y],
  ].some(
    ([day, month, year]) =>
      Number(day) >= 1 &&
      Number(day) <= 31 &&
      Number(month) >= 1 &&
      Number(month) <= 12 &&
      /^(?:19|20)/.test(year ?? ''),
  );
}
