// Everything the bot needs in one resource group. No resource here has a password or a shared key,
// so there is no Key Vault: there would be nothing to put in it.
// Deploy once without an image, push the image, then deploy again with it: see docs/runbook.md.

targetScope = 'resourceGroup'

@description('Which of the council\'s environments this is. It is part of every name.')
@allowed(['test', 'production'])
param environmentName string

@description('Where the data lives. Production needs UK South: UK West has no zones.')
@allowed(['uksouth', 'ukwest'])
param location string = 'uksouth'

@description('The image to run, by digest (registry/name@sha256:...). Empty on the first deployment, before an image exists.')
param image string = ''

@description('Reach storage over the council\'s own network only, and spread the replicas over zones.')
param usePrivateEndpoints bool

@description('First two numbers of the address space of the network, when there is one.')
param networkPrefix string = '10.40'

@description('How many copies storage keeps, and where.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageRedundancy string

@description('F0 has no service-level agreement; S1 has. Teams messages cost nothing in either.')
@allowed(['F0', 'S1'])
param botSku string

@description('Two at least: one may be restarted while the other delivers an alert.')
@minValue(2)
param minReplicas int = 2

@minValue(2)
param maxReplicas int = 4

@description('Sending limit in requests a second for the whole tenant.')
@minValue(1)
@maxValue(50)
param teamsMaxRps int = 40

@description('Further settings of the runbook by name, such as PLR_RETENTION_DAYS.')
param settings object = {}

@description('Days that logs are kept. They hold ids and outcomes, never people\'s words.')
@minValue(30)
@maxValue(730)
param logRetentionDays int

@description('Who is told when something is wrong: an address that somebody reads at weekends too.')
param onCallEmail string

@description('Entra group of the people who may run plr against this environment. Empty: nobody.')
param operatorGroupId string = ''

var name = 'plr-${environmentName}'
// Names of accounts and registries are shared by all of Azure, so they carry a suffix of the resource group's own.
var globalName = 'plr${environmentName}${substring(uniqueString(resourceGroup().id), 0, 8)}'
var tags = { service: 'practice-learning-bot', environment: environmentName, data: 'special-category' }

module identity 'modules/identity.bicep' = {
  params: { name: name, location: location, tags: tags }
}

module registry 'modules/registry.bicep' = {
  params: { name: globalName, location: location, tags: tags, pullerId: identity.outputs.principalId }
}

module monitoring 'modules/monitoring.bicep' = {
  params: { name: name, location: location, tags: tags, retentionDays: logRetentionDays, onCallEmail: onCallEmail }
}

module network 'modules/network.bicep' = if (usePrivateEndpoints) {
  params: { name: name, location: location, tags: tags, prefix: networkPrefix }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: globalName
    location: location
    tags: tags
    redundancy: storageRedundancy
    allowPublicNetwork: !usePrivateEndpoints
    lockAgainstDeletion: environmentName == 'production'
    workspaceId: monitoring.outputs.workspaceId
    botPrincipalId: identity.outputs.principalId
    operatorGroupId: operatorGroupId
  }
}

module storageEndpoints 'modules/storage-endpoints.bicep' = if (usePrivateEndpoints) {
  params: {
    location: location
    tags: tags
    storageName: storage.outputs.name
    backupName: backup.outputs.name
    networkId: usePrivateEndpoints ? network!.outputs.networkId : ''
    subnetId: usePrivateEndpoints ? network!.outputs.endpointsSubnetId : ''
  }
}

module containerEnvironment 'modules/container-environment.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    subnetId: usePrivateEndpoints ? network!.outputs.appsSubnetId : ''
  }
}

module bot 'modules/bot.bicep' = {
  params: {
    name: name
    tags: tags
    sku: botSku
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    host: '${name}.${containerEnvironment.outputs.defaultDomain}'
  }
}

module app 'modules/container-app.bicep' = if (!empty(image)) {
  // The bot must not start before it can reach its storage.
  dependsOn: [storageEndpoints]
  params: {
    name: name
    location: location
    tags: tags
    environmentId: containerEnvironment.outputs.id
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    registryServer: registry.outputs.server
    storageName: storage.outputs.name
    image: image
    minReplicas: minReplicas
    maxReplicas: maxReplicas
    teamsMaxRps: teamsMaxRps
    settings: settings
  }
}

module backup 'modules/backup.bicep' = {
  params: {
    name: name
    accountName: '${globalName}b'
    location: location
    tags: tags
    redundancy: storageRedundancy
    allowPublicNetwork: !usePrivateEndpoints
    lockAgainstDeletion: environmentName == 'production'
    workspaceId: monitoring.outputs.workspaceId
    actionGroupId: monitoring.outputs.actionGroupId
    botPrincipalId: identity.outputs.principalId
    operatorGroupId: operatorGroupId
    environmentId: containerEnvironment.outputs.id
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    registryServer: registry.outputs.server
    storageName: storage.outputs.name
    image: image
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(image)) {
  params: {
    name: name
    location: location
    tags: tags
    appId: empty(image) ? '' : app!.outputs.id
    host: '${name}.${containerEnvironment.outputs.defaultDomain}'
    minReplicas: minReplicas
    workspaceId: monitoring.outputs.workspaceId
    insightsId: monitoring.outputs.insightsId
    actionGroupId: monitoring.outputs.actionGroupId
  }
}

@description('BOT_ID, for the Teams app package.')
output botId string = identity.outputs.clientId
output registryName string = registry.outputs.name
output storageAccountName string = storage.outputs.name
output backupsUrl string = backup.outputs.backupsUrl
output messagingEndpoint string = bot.outputs.endpoint
