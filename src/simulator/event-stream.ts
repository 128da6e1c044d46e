import type { Request, Response } from 'express';
import type { Change, Feed } from './feed';

const HEARTBEAT_MS = 10_000;

/**
 * Server-sent events for the page: `person` (an id whose phone changed), `log` (an entry) and `clock` (the program's
 * time, also every ten seconds as a sign of life). A page that was away asks for the state anew.
 */
export function createEventStream(feed: Feed, clockView: () => { readonly now: string }) {
  const open = new Set<Response>();

  function tell(name: string, data: unknown): void {
    const text = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const res of open) res.write(text);
  }

  const unsubscribe = feed.subscribe((change: Change) => {
    if (open.size === 0) return;
    if (change.kind === 'log') tell('log', change.entry);
    else tell('person', { id: change.id });
  });
  const heartbeat = setInterval(() => tell('clock', clockView()), HEARTBEAT_MS);
  heartbeat.unref();

  return {
    open: (req: Request, res: Response): void => {
      res.set({
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      res.flushHeaders();
      res.write(`event: clock\ndata: ${JSON.stringify(clockView())}\n\n`);
      open.add(res);
      req.on('close', () => open.delete(res));
    },
    tellClock: (): void => tell('clock', clockView()),
    close: (): void => {
      clearInterval(heartbeat);
      unsubscribe();
      for (const res of open) res.end();
      open.clear();
    },
  };
}
