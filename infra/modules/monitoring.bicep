// Where logs go and who is told. Logs hold ids and outcomes only; the application never writes people's words.

param name string
param location string
param tags object
param retentionDays int
param onCallEmail string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

// Used for the availability test from outside, the one check that still works when the bot does not.
resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableIpMasking: false
  }
}

resource onCall 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-on-call'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'plr-on-call'
    emailReceivers: [
      { name: 'on-call', emailAddress: onCallEmail, useCommonAlertSchema: true }
    ]
  }
}

// The ways to come to see children's data past the bot: a role, another setting of storage, its keys, or the
// bot's identity, put to another use. A shell in the running bot is seen by the token it asks for.
// A deployment sets it off too, and should.
resource accessChanged 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {
  name: '${name}-access-changed'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    description: 'Who may reach the data of the Practice Learning Bot has changed, or somebody asked for keys or used the identity of the bot.'
    scopes: [resourceGroup().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' }
        {
          anyOf: [
            { field: 'operationName', equals: 'Microsoft.Authorization/roleAssignments/write' }
            { field: 'operationName', equals: 'Microsoft.Storage/storageAccounts/write' }
            { field: 'operationName', equals: 'Microsoft.Storage/storageAccounts/listKeys/action' }
            { field: 'operationName', equals: 'Microsoft.App/containerApps/write' }
            { field: 'operationName', equals: 'Microsoft.App/containerApps/getAuthToken/action' }
            { field: 'operationName', equals: 'Microsoft.App/jobs/write' }
            { field: 'operationName', equals: 'Microsoft.App/jobs/start/action' }
            { field: 'operationName', equals: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' }
            { field: 'operationName', equals: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write' }
          ]
        }
      ]
    }
    actions: {
      actionGroups: [
        { actionGroupId: onCall.id }
      ]
    }
  }
}

output workspaceId string = workspace.id
output insightsId string = insights.id
output actionGroupId string = onCall.id
