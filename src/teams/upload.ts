import type { Config } from '../config.js';

/** As long as a report takes over a slow connection; the person has been answered by then. */
const timeoutMs = 60_000;

/**
 * Where a file may be put: a council's own SharePoint, over https. The address comes with an activity, and a
 * child's affairs would go there. In local mode this machine is allowed too. Teams gives bots no files in its
 * clouds for the US government, so their hosts are not here.
 */
export function mayUploadTo(mode: Config['mode']): (url: string) => boolean {
  return (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, port, username } = new URL(text);
    if (mode === 'local' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return true;
    return protocol === 'https:' && port === '' && username === '' && hostname.endsWith('.sharepoint.com');
  };
}

/**
 * Puts the whole file into the upload session that Teams opened. The address is a secret: whoever has it can
 * write there, so it is in no error and in no log.
 *
 * @returns what went wrong, in words; undefined when the file is there.
 */
export async function upload(url: string, bytes: Buffer): Promise<string | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'PUT',
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
      },
      body: new Uint8Array(bytes),
      // An allowed host must not redirect to another one.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    return answer.ok ? undefined : `OneDrive answered ${answer.status}`;
  } catch (error) {
    const isSlow = error instanceof Error && error.name === 'TimeoutError';
    return isSlow ? 'OneDrive took too long' : 'OneDrive could not be reached';
  }
}
