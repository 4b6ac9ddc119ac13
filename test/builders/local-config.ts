import type { Config } from '../../src/config.js';
import type { Timer } from '../../src/delivery/pace.js';

/** Local mode on this storage, towards this connector, which no one need listen at. */
export function localConfig(
  { connectionString }: { readonly connectionString: string },
  { url, tenantId }: { readonly url: string; readonly tenantId: string } = {
    url: 'http://127.0.0.1:1/',
    tenantId: '',
  },
): Config {
  return {
    mode: 'local',
    host: '127.0.0.1',
    port: 0,
    bot: { id: '', tenantId, type: 'SingleTenant', password: '' },
    storage: { by: 'connection-string', connectionString },
    teamsServiceUrl: url,
    teamsMaxRps: 40,
    timeZone: 'Europe/London',
    rules: {},
  };
}

/** Paces without waiting: its time passes with each wait, and only then. */
export function timerThatDoesNotWait(): Timer {
  let nowMs = 0;
  return { nowMs: () => nowMs, wait: (ms) => Promise.resolve(void (nowMs += ms)) };
}
