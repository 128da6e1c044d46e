import type { ChannelModule, ChannelModuleDeps } from './channel-module';
import { openOfficialAccount } from './zalo';
import { openZaloBot } from './zalo-bot';

/** The messenger that carries the talk, chosen by `CHANNEL`. */
export function openChannelModule(deps: ChannelModuleDeps): ChannelModule {
  const { config, log } = deps;
  if (config.unused.length > 0)
    log.warn(
      { channel: config.CHANNEL, variables: config.unused.join(', ') },
      'variables of another channel are set and do nothing',
    );
  return config.CHANNEL === 'zalo-bot' ? openZaloBot(deps) : openOfficialAccount(deps);
}
