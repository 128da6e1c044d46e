/** Calls to the simulator's own routes, and the stream of what changes. */

export async function call(method, path, body) {
  const answer = await fetch(`/simulator${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok)
    throw Object.assign(new Error(data.detail ?? `HTTP ${answer.status}`), { status: answer.status });
  return data;
}

/**
 * Listens for changes. `onBack` is called whenever the stream opens, the first time too: what happened meanwhile must
 * then be asked for. Where streams do not get through, it is called every two seconds instead.
 */
export function listen({ onPerson, onLog, onClock, onBack, onAway }) {
  let poll = null;
  let away = null;
  const source = new EventSource('/simulator/events');
  source.addEventListener('open', () => {
    clearInterval(poll);
    clearTimeout(away);
    poll = away = null;
    onAway(false);
    onBack();
  });
  source.addEventListener('error', () => {
    away ??= setTimeout(() => onAway(true), 3000);
    poll ??= setInterval(onBack, 2000);
  });
  source.addEventListener('person', (event) => onPerson(JSON.parse(event.data).id));
  source.addEventListener('log', (event) => onLog(JSON.parse(event.data)));
  source.addEventListener('clock', (event) => onClock(JSON.parse(event.data)));
}
