import type { StorageConfig } from '../config.js';
import { endOfPrefix } from './keys.js';
import { addPolicy, requestTimeouts, fileRequestTimeouts } from './request-timeouts.js';
import { SharedReads } from './shared-reads.js';
import {
  AzureCliCredential,
  BlobServiceClient,
  ManagedIdentityCredential,
  QueueServiceClient,
  RestError,
  TableClient,
  type ContainerClient,
  type QueueClient,
  type TokenCredential,
} from './azure.js';

/** Names of what the product keeps in its storage account; tests give their own, to share one Azurite. */
export interface StorageNames {
  readonly table: string;
  readonly queue: string;
  readonly container: string;
}

export const defaultStorageNames: StorageNames = { table: 'plr', queue: 'plr-wake', container: 'plr' };

export interface StorageClients {
  readonly table: TableClient;
  readonly queue: QueueClient;
  readonly container: ContainerClient;
  /** Makes the table, queue and container if they are not there. @throws when storage does not answer. */
  prepare(): Promise<void>;
  /** One cheap read of rows and one of files, without which nobody can lead. @throws when storage does not answer. */
  probe(): Promise<void>;
}

const retryOptions = { maxRetries: 1, retryDelayInMs: 100, maxRetryDelayInMs: 300 };
const filesAndWakes = { retryOptions: { maxTries: 2 } };

export interface ConnectOptions {
  readonly onRequest?: ((operation: string) => void) | undefined;
  /** For a backup and its restore, where nobody waits: a request may take as long as it needs. */
  readonly isPatient?: boolean;
}

export function connectStorage(
  config: StorageConfig,
  names: StorageNames = defaultStorageNames,
  { onRequest, isPatient = false }: ConnectOptions = {},
): StorageClients {
  const { tables, queues, blobs } = services(config, names);
  if (!isPatient) {
    tables.pipeline.addPolicy(requestTimeouts);
    addPolicy(queues, requestTimeouts);
    addPolicy(blobs, fileRequestTimeouts);
  }
  if (onRequest !== undefined) {
    tables.pipeline.addPolicy({
      name: 'count',
      sendRequest: (request, next) => {
        onRequest(request.method);
        return next(request);
      },
    });
  }
  const probes = new SharedReads();
  const queue = queues.getQueueClient(names.queue);
  const container = blobs.getContainerClient(names.container);
  return {
    table: tables,
    queue,
    container,
    prepare: async () => {
      await Promise.all([tables.createTable(), queue.createIfNotExists(), container.createIfNotExists()]);
    },
    probe: () =>
      probes.read('probe', async () => {
        const oneRow = tables.listEntities({ queryOptions: { filter: `PartitionKey eq 'probe'` } }).next();
        await Promise.all([oneRow, container.getProperties()]);
      }),
  };
}

function services(config: StorageConfig, names: StorageNames) {
  switch (config.by) {
    case 'connection-string': {
      const { connectionString } = config;
      const local =
        connectionString.includes('UseDevelopmentStorage') || connectionString.includes('http://');
      return {
        tables: TableClient.fromConnectionString(connectionString, names.table, {
          allowInsecureConnection: local,
          retryOptions,
        }),
        queues: QueueServiceClient.fromConnectionString(connectionString, filesAndWakes),
        blobs: BlobServiceClient.fromConnectionString(connectionString, filesAndWakes),
      };
    }
    case 'managed-identity':
    case 'azure-cli': {
      const credential = credentialOf(config);
      const address = (service: string) => `https://${config.account}.${service}.core.windows.net`;
      return {
        tables: new TableClient(address('table'), names.table, credential, { retryOptions }),
        queues: new QueueServiceClient(address('queue'), credential, filesAndWakes),
        blobs: new BlobServiceClient(address('blob'), credential, filesAndWakes),
      };
    }
  }
}

/** The bot's own identity, or the operator's: with a connection string the operator's too. */
export function credentialOf(config: StorageConfig): TokenCredential {
  return config.by === 'managed-identity'
    ? new ManagedIdentityCredential({ clientId: config.clientId })
    : new AzureCliCredential();
}

/** The rows of a partition whose keys begin so, all or those `where` holds of, in the order of their keys. */
export function entitiesOf(
  table: TableClient,
  partition: string,
  prefix: string,
  { where, select }: { readonly where?: string; readonly select?: string[] } = {},
) {
  const keys = `PartitionKey eq '${partition}' and RowKey ge '${prefix}' and RowKey lt '${endOfPrefix(prefix)}'`;
  return table.listEntities<Record<string, unknown>>({
    queryOptions: {
      filter: where === undefined ? keys : `${keys} and ${where}`,
      ...(select === undefined ? {} : { select }),
    },
  });
}

/** 412: somebody saved in the meantime. */
export function isStale(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 412;
}

/** 409: the row exists already. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 409;
}

export function isMissing(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 404;
}

/** Whether a request to storage failed: it was refused, given up or never answered, or nobody would vouch for us. */
export function isOfStorage(error: unknown): boolean {
  if (error instanceof RestError) return true;
  return error instanceof Error && storageErrors.has(error.name);
}

const storageErrors = new Set([
  'RestError',
  'AbortError',
  'TimeoutError',
  'AuthenticationError',
  'AggregateAuthenticationError',
  'CredentialUnavailableError',
]);
