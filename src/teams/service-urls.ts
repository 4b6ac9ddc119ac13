import type { Config } from '../config.js';

/**
 * Whole names, or, with a leading dot, domains under which only Microsoft can create names. Anyone can have a
 * `*.trafficmanager.net`.
 */
const teamsHosts = [
  'smba.trafficmanager.net',
  '.botframework.com',
  '.botframework.us',
  '.teams.microsoft.com',
  '.infra.gov.teams.microsoft.us',
];

/**
 * Where we may send to. A service URL comes with an activity, and what we send there has our token and a
 * child's affairs in it. So only Teams' own hosts over https, the connector named in the configuration, and, in
 * local mode, this machine are allowed.
 */
export function mayReach(config: Pick<Config, 'mode' | 'teamsServiceUrl'>): (serviceUrl: string) => boolean {
  return (serviceUrl) => {
    if (!URL.canParse(serviceUrl)) return false;
    const url = new URL(serviceUrl);
    if (config.teamsServiceUrl !== undefined && url.origin === new URL(config.teamsServiceUrl).origin)
      return true;
    if (config.mode === 'local') return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
    return (
      url.protocol === 'https:' && url.port === '' && teamsHosts.some((host) => isUnder(url.hostname, host))
    );
  };
}

function isUnder(hostname: string, host: string): boolean {
  return host.startsWith('.') ? hostname.endsWith(host) : hostname === host;
}
