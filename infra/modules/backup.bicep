// Tables have no undelete, so each night everything is copied into an account of its own (docs/decisions/0007).
// The copy is as sensitive as the store: the same locks, and it is gone 21 days later.

param name string
@description('Of the account: at most 24 letters and digits.')
param accountName string
param location string
param tags object
param redundancy string
param allowPublicNetwork bool
param lockAgainstDeletion bool
param workspaceId string
param actionGroupId string
param botPrincipalId string
param operatorGroupId string
param environmentId string
param identityId string
param identityClientId string
param registryServer string
param storageName string
@description('Empty on the first deployment: no job yet.')
param image string

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: allowPublicNetwork ? 'Enabled' : 'Disabled'
    networkAcls: { defaultAction: allowPublicNetwork ? 'Allow' : 'Deny', bypass: 'None' }
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
      services: {
        blob: { enabled: true, keyType: 'Account' }
      }
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // Whoever deletes or overwrites a backup, by mistake or not, can be undone for a week.
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource backups 'containers' = {
      name: 'backups'
    }
  }

  resource lifecycle 'managementPolicies' = {
    name: 'default'
    dependsOn: [blobs]
    properties: {
      policy: {
        rules: [
          {
            name: 'old-backups'
            enabled: true
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'] }
              actions: {
                baseBlob: { delete: { daysAfterCreationGreaterThan: 14 } }
                version: { delete: { daysAfterCreationGreaterThan: 14 } }
              }
            }
          }
        ]
      }
    }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (lockAgainstDeletion) {
  name: 'children-records'
  scope: account
  properties: { level: 'CanNotDelete', notes: 'Backups of reviews of children\'s cases. See docs/runbook.md.' }
}

var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource botAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, botPrincipalId, blobDataContributor)
  scope: account
  properties: {
    principalId: botPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
  }
}

resource operatorAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorGroupId)) {
  name: guid(account.id, operatorGroupId, blobDataContributor)
  scope: account
  properties: {
    principalId: operatorGroupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
  }
}

resource blobLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'who-touched-it'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: [
      { categoryGroup: 'allLogs', enabled: true }
    ]
  }
}

resource job 'Microsoft.App/jobs@2025-01-01' = if (!empty(image)) {
  name: '${name}-backup'
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
      triggerType: 'Schedule'
      scheduleTriggerConfig: { cronExpression: '30 2 * * *', parallelism: 1, replicaCompletionCount: 1 }
      replicaTimeout: 7200
      replicaRetryLimit: 2
      registries: [
        { server: registryServer, identity: identityId }
      ]
    }
    template: {
      containers: [
        {
          name: 'backup'
          image: image
          command: ['node', 'dist/cli/plr.js', 'store', 'backup', '${account.properties.primaryEndpoints.blob}backups/']
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [
            { name: 'BOT_ID', value: identityClientId }
            { name: 'AZURE_STORAGE_ACCOUNT', value: storageName }
          ]
        }
      ]
    }
  }
}

// The manifest is written last: no manifest within two days means no backup.
resource noBackup 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = if (!empty(image)) {
  name: '${name}-no-backup'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'No backup was finished for two days'
    description: 'Runbook: Restore.'
    severity: 1
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT6H'
    windowSize: 'P2D'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: 'StorageBlobLogs | where AccountName == \'${accountName}\' and OperationName in (\'PutBlob\', \'PutBlockList\') and Uri has \'manifest.json\' and StatusCode == \'201\''
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}

output name string = account.name
output backupsUrl string = '${account.properties.primaryEndpoints.blob}backups/'
