import { randomUUID } from 'node:crypto';
import { Fault } from '../practice/base/errors.js';
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  RestError,
  type HttpClient,
  type TableClient,
  type TransactionAction,
} from './azure.js';

const http = createDefaultHttpClient();
const line = '\r\n';
const maxRows = 100;
/** The code of a refusal that is not the first answer: the client's pipeline asks again after a fault. */
const askedAgain = 'AskedAgain';

/**
 * Whether it may have been saved all the same: the line or storage broke, its answer could not be read, or it was
 * refused when it was asked again, which what it saved the first time may be the reason for.
 */
export function isDoubtful(error: unknown): boolean {
  if (error instanceof Fault) return false;
  if (!(error instanceof RestError)) return true;
  const { statusCode = 0, code } = error;
  return code === askedAgain || statusCode < 400 || statusCode >= 500;
}

/** 429: nothing was done, and it may be asked for again. */
export function isBusy(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 429;
}

/**
 * Sends rows of one partition as one transaction and returns the ETag of each. The client's own
 * `submitTransaction` builds a second client for every transaction and each row as a request of its own, which
 * costs more than the rest of a step (docs/decisions/0009): here the body is written out, and the client's
 * pipeline signs, retries and sends it.
 * @throws RestError with the status of the row that was refused; then nothing is saved.
 */
export async function submitRows(
  table: TableClient,
  actions: readonly TransactionAction[],
): Promise<(string | undefined)[]> {
  if (actions.length > maxRows) throw new Fault('too-many-rows', 'A change needs more than 100 rows.');
  const [batch, changes] = [`batch_${randomUUID()}`, `changeset_${randomUUID()}`];
  const address = table.url.replace(/\/$/, '');
  const request = createPipelineRequest({
    url: `${address}/$batch`,
    method: 'POST',
    headers: createHttpHeaders({
      accept: 'application/json',
      dataserviceversion: '3.0;',
      maxdataserviceversion: '3.0;NetFx',
      'x-ms-version': '2019-02-02',
      'content-type': `multipart/mixed; boundary=${batch}`,
    }),
    // In bytes, because a long text would be measured, encoded and copied again on its way out.
    body: inBytes(
      [
        `--${batch}`,
        `content-type: multipart/mixed; boundary=${changes}`,
        '',
        ...actions.map((action) => part(changes, action, `${address}/${table.tableName}`)),
        `--${changes}--`,
        `--${batch}--`,
        '',
      ].join(line),
    ),
    allowInsecureConnection: address.startsWith('http:'),
  });
  let asked = 0;
  const counting: HttpClient = {
    sendRequest: (one) => {
      asked += 1;
      return http.sendRequest(one);
    },
  };
  const { status, bodyAsText } = await table.pipeline.sendRequest(counting, request);
  const answers = (bodyAsText ?? '').split('--changesetresponse_').slice(1, -1);
  const refused = answers.map(statusOf).find((one) => one >= 400) ?? status;
  if (refused >= 300 || answers.length !== actions.length)
    throw new RestError('A transaction was refused.', {
      statusCode: refused,
      request,
      ...(asked > 1 ? { code: askedAgain } : {}),
    });
  return answers.map((answer) => /^ETag: (.*)$/im.exec(answer)?.[1]?.trim());
}

function statusOf(answer: string): number {
  return Number(/HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
}

/** One row's request within the body. */
function part(changes: string, action: TransactionAction, address: string): string {
  const [, { partitionKey, rowKey, ...columns }] = action;
  const isDelete = action[0] === 'delete';
  return [
    `--${changes}`,
    'content-type: application/http',
    'content-transfer-encoding: binary',
    '',
    ...startOf(action, address),
    'Content-Type: application/json',
    'DataServiceVersion: 3.0',
    'Accept: application/json',
    '',
    isDelete ? '' : JSON.stringify({ PartitionKey: partitionKey, RowKey: rowKey, ...columns }),
  ].join(line);
}

/**
 * Each row's JSON is one line for every reader: U+2028, U+2029 and U+0085 end a line for some, and a row cut there is
 * refused, whatever else is saved with it. They are looked for in the bytes, which costs next to nothing; only JSON
 * can have one.
 */
function inBytes(body: string): Buffer {
  const bytes = Buffer.from(body);
  if (!lineEnds.some((end) => bytes.includes(end))) return bytes;
  return Buffer.from(
    body.replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

const lineEnds = ['\u0085', '\u2028', '\u2029'].map((end) => Buffer.from(end));

/** Keys need no escaping: keys.ts makes them of letters, digits and a few marks. */
function startOf(
  [kind, { partitionKey, rowKey }, mode, options]: TransactionAction,
  address: string,
): string[] {
  const row = `${address}(PartitionKey='${partitionKey}',RowKey='${rowKey}')`;
  switch (kind) {
    case 'create':
      return [`POST ${address} HTTP/1.1`, 'Prefer: return-no-content'];
    case 'delete':
      return [`DELETE ${row} HTTP/1.1`, 'If-Match: *'];
    case 'update':
      return [`${methods[mode ?? 'Merge']} ${row} HTTP/1.1`, `If-Match: ${options?.etag ?? '*'}`];
    case 'upsert':
      return [`${methods[mode ?? 'Merge']} ${row} HTTP/1.1`];
  }
}

const methods = { Merge: 'PATCH', Replace: 'PUT' } as const;
