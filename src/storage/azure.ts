import { createRequire } from 'node:module';
import type * as Pipeline from '@azure/core-rest-pipeline';
import type * as Tables from '@azure/data-tables';
import type * as Identity from '@azure/identity';
import type * as Blobs from '@azure/storage-blob';
import type * as Queues from '@azure/storage-queue';

/**
 * Azure's SDK in its CommonJS build, which Bot Framework loads in any case: imported, its shared parts would
 * be loaded twice, and every start would pay for both.
 */
const require = createRequire(import.meta.url);

export const { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } =
  require('@azure/core-rest-pipeline') as typeof Pipeline;
export const { AzureCliCredential, ManagedIdentityCredential } =
  require('@azure/identity') as typeof Identity;
export const { BlobServiceClient, ContainerClient } = require('@azure/storage-blob') as typeof Blobs;
export const { QueueServiceClient } = require('@azure/storage-queue') as typeof Queues;
export const { RestError, TableClient, TableTransaction } = require('@azure/data-tables') as typeof Tables;

export type HttpClient = Pipeline.HttpClient;
export type BlobLeaseClient = Blobs.BlobLeaseClient;
export type ContainerClient = Blobs.ContainerClient;
export type QueueClient = Queues.QueueClient;
export type TableClient = Tables.TableClient;
export type TokenCredential = Identity.TokenCredential;
export type TableTransaction = Tables.TableTransaction;
export type TransactionAction = Tables.TransactionAction;
