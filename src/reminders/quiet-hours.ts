/** The quiet hours are kept by everything that goes out, so they live with the outbox; reminders plan around them. */
export { afterQuiet, isQuiet, parseQuietHours, type QuietSpan } from '../outbox/quiet-hours';
