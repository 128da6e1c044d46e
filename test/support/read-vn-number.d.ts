/** The library ships its types where Node's resolution does not look. */
declare module 'read-vn-number' {
  /** A whole number in digits as Vietnamese words with marks. */
  export default function readNumber(digits: string): string;
}
