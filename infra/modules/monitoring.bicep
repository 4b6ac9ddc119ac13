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

// Anyone given a role in this resource group may come to see children's data: somebody must be told.
resource accessGranted 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {
  name: '${name}-access-granted'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    description: 'Somebody was given a role in the resource group of the Practice Learning Bot.'
    scopes: [resourceGroup().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' }
        { field: 'operationName', equals: 'Microsoft.Authorization/roleAssignments/write' }
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
