// The bot itself. Its environment is the list in docs/runbook.md; nothing in it is secret.

param name string
param location string
param tags object
param environmentId string
param identityId string
param identityClientId string
param registryServer string
param storageName string
param image string
param minReplicas int
param maxReplicas int
param teamsMaxRps int
param settings object

var port = 3978
var environmentOf = [
  { name: 'HOST', value: '0.0.0.0' }
  { name: 'PORT', value: string(port) }
  { name: 'PLR_MODE', value: 'production' }
  { name: 'BOT_TYPE', value: 'UserAssignedMSI' }
  { name: 'BOT_ID', value: identityClientId }
  { name: 'BOT_TENANT_ID', value: tenant().tenantId }
  { name: 'AZURE_STORAGE_ACCOUNT', value: storageName }
  { name: 'TEAMS_MAX_RPS', value: string(teamsMaxRps) }
]

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 10
      ingress: {
        // It keeps an idle connection for four minutes; the bot waits longer (src/http/server.ts), so that it is never the
        // bot that closes one just as a press comes.
        // Bot Service calls from the public internet; the token on each request is the lock on this door.
        external: true
        allowInsecure: false
        targetPort: port
        transport: 'http'
      }
      registries: [
        { server: registryServer, identity: identityId }
      ]
    }
    template: {
      // The bot ends by itself within ten seconds; what is left in the outbox another replica takes.
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(environmentOf, map(items(settings), setting => { name: setting.key, value: setting.value }))
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 2
              failureThreshold: 30
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
            {
              // Not /readyz: without storage the bot still tells people that nothing was saved, and Teams would not.
              type: 'Readiness'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          { name: 'busy', http: { metadata: { concurrentRequests: '50' } } }
        ]
      }
    }
  }
}

output id string = app.id
