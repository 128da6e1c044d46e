import type { Channel, OutboundMessage } from '../channels/channel';

/** A channel that puts in, as a message leaves, what must stand in no store. */
export function puttingIn(channel: Channel, putIn: (text: string) => string): Channel {
  const whole = (message: OutboundMessage): OutboundMessage =>
    message.kind === 'text' ? { ...message, text: putIn(message.text) } : message;
  const put: Channel = {
    name: channel.name,
    limits: channel.limits,
    send: (to, message, still) => channel.send(to, whole(message), still),
  };
  if (channel.lookUp === undefined) return put;
  return {
    ...put,
    lookUp: async (to, message, since) =>
      (await channel.lookUp?.(to, whole(message), since)) ?? { arrived: 'unknown' },
  };
}
