// The room the replicas run in. Its logs go to the workspace through Azure Monitor, which needs no workspace key.

param name string
param location string
param tags object
param workspaceId string
@description('Empty: no network of our own, and then no spread over zones either.')
param subnetId string

resource containerEnvironment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: { destination: 'azure-monitor' }
    zoneRedundant: !empty(subnetId)
    vnetConfiguration: empty(subnetId) ? null : { infrastructureSubnetId: subnetId, internal: false }
    workloadProfiles: [
      { name: 'Consumption', workloadProfileType: 'Consumption' }
    ]
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: containerEnvironment
  properties: {
    workspaceId: workspaceId
    logs: [
      { categoryGroup: 'allLogs', enabled: true }
    ]
  }
}

output id string = containerEnvironment.id
output defaultDomain string = containerEnvironment.properties.defaultDomain
