import { LabelingJobError } from '../errors/labeling-job-error.js'
import { isClient } from '../errors/refused-call.js'
import type { AwsClient, AwsService } from './aws.js'

/** Clients of the caller's own are bound to a region and an identity: only those that know how are moved. */
export function moveClients(
  clients: AwsClient | Readonly<Partial<Record<AwsService, AwsClient>>>,
  change: { readonly region?: string; readonly credentials?: object },
): AwsClient | Readonly<Partial<Record<AwsService, AwsClient>>> {
  if (isClient(clients)) return moveClient(clients, change)
  return Object.fromEntries(
    Object.entries(clients).map(([service, client]) => [service, moveClient(client, change)]),
  )
}

function moveClient(
  client: AwsClient,
  change: { readonly region?: string; readonly credentials?: object },
): AwsClient {
  const { with: move, constructor: clientClass } = client as AwsClient & {
    with?: (change: object) => AwsClient
    config?: object
  }
  if (typeof move === 'function') return move.call(client, change)
  if (!('config' in client) || typeof clientClass !== 'function') {
    throw new LabelingJobError({
      code: 'region-unknown',
      what: 'Cannot use a client of yours for another region or role',
      why: 'it is not an SDK client, and has no `with` of its own',
      fix: 'Let connect() make the clients, or give your stand-in a `with({ region, credentials })`',
      data: {},
    })
  }
  // Only what identifies the client: a resolved configuration also carries a signer bound to the old credentials.
  const { config } = client as {
    config: { region?: unknown; credentials?: unknown; endpoint?: unknown; isCustomEndpoint?: boolean }
  }
  const { region, credentials, endpoint, isCustomEndpoint } = config
  const Client = clientClass as new (configuration: object) => AwsClient
  return new Client({ region, credentials, ...(isCustomEndpoint && { endpoint }), ...change })
}
