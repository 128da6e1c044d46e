import { createHmac } from 'node:crypto';

/** What only somebody who knows the secret can answer to a question asked for the first time. */
export function proofOf(token: string, question: string): string {
  return createHmac('sha256', token).update(question).digest('hex');
}
