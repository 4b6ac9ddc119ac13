// What somebody must be told about, day or night. The log rules guard the alerts themselves:
// a message about an unsafe child that nobody received is the worst thing that can happen here.

param name string
param location string
param tags object
param appId string
param host string
param minReplicas int
param workspaceId string
param insightsId string
param actionGroupId string

var tellOnCall = [
  { actionGroupId: actionGroupId }
]

// The delivery worker writes one line a minute: { event: 'oldest-alert-message', ageMs } (0 when none waits).
var ageLines = '''
ContainerAppConsoleLogs
| where ContainerAppName == 'APP'
| where Log has 'oldest-alert-message'
| extend line = parse_json(Log)
| where tostring(line.event) == 'oldest-alert-message'
'''
var appLines = replace(ageLines, 'APP', name)

resource alertWaits 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${name}-alert-message-waits'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'An alert message has waited for more than 5 minutes'
    description: 'Runbook: when an alert is stuck.'
    severity: 0
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: '${appLines}| summarize ageSeconds = max(tolong(line.ageMs)) / 1000 by bin(TimeGenerated, 1m)'
          metricMeasureColumn: 'ageSeconds'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 300
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}

// And of the alerts themselves: { event: 'unheard-alert', ageMs }, for which one that is open has reached nobody who must act.
var unheardLines = replace(appLines, 'oldest-alert-message', 'unheard-alert')

resource alertUnheard 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${name}-alert-unheard'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'An open alert has reached nobody who must act for 10 minutes'
    description: 'Runbook: when an alert is stuck.'
    severity: 0
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: '${unheardLines}| summarize unheardSeconds = max(tolong(line.ageMs)) / 1000 by bin(TimeGenerated, 1m)'
          metricMeasureColumn: 'unheardSeconds'
          timeAggregation: 'Maximum'
          operator: 'GreaterThanOrEqual'
          threshold: 600
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}

// No line is not good news: it means that nobody is looking.
resource workerSilent 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${name}-delivery-silent'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'The delivery worker has said nothing for 15 minutes'
    description: 'Runbook: when an alert is stuck.'
    severity: 0
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: appLines
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

// A ladder that stands still, or answers that are not saved: each is answered politely, so no 5xx shows it.
// The events are those of src/log.ts.
var failedWork = '''
ContainerAppConsoleLogs
| where ContainerAppName == 'APP'
| where Log has 'failed'
| where tostring(parse_json(Log).event) in ('scheduled work failed', 'tick failed', 'drain failed', 'turn failed')
'''

resource workFails 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${name}-work-fails'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Work of the bot failed more than twice in 15 minutes'
    description: 'Runbook: when work fails.'
    severity: 0
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: replace(failedWork, 'APP', name)
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 2
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}

var metrics = [
  {
    key: 'restarts'
    description: 'A replica has restarted more than 3 times.'
    metric: 'RestartCount'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 3
    window: 'PT30M'
    dimensions: []
  }
  {
    key: 'server-errors'
    description: 'The bot answered with 5xx more than 5 times in 5 minutes.'
    metric: 'Requests'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT5M'
    dimensions: [
      { name: 'statusCodeCategory', operator: 'Include', values: ['5xx'] }
    ]
  }
  {
    key: 'too-few-replicas'
    description: 'Fewer replicas run than the least we ask for.'
    metric: 'Replicas'
    aggregation: 'Maximum'
    operator: 'LessThan'
    threshold: minReplicas
    window: 'PT15M'
    dimensions: []
  }
]

resource metricRules 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in metrics: {
    name: '${name}-${rule.key}'
    location: 'global'
    tags: tags
    properties: {
      description: rule.description
      severity: 1
      enabled: true
      autoMitigate: true
      scopes: [appId]
      evaluationFrequency: 'PT1M'
      windowSize: rule.window
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: rule.key
            metricNamespace: 'Microsoft.App/containerApps'
            metricName: rule.metric
            timeAggregation: rule.aggregation
            operator: rule.operator
            threshold: rule.threshold
            dimensions: rule.dimensions
          }
        ]
      }
      actions: tellOnCall
    }
  }
]

// Asked from outside, from several places, of the bot and its storage: works when the bot, its logs or its region do not.
resource outsideCheck 'Microsoft.Insights/webtests@2022-06-15' = {
  name: '${name}-readyz'
  location: location
  tags: union(tags, { 'hidden-link:${insightsId}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: '${name}-readyz'
    Name: '${name}-readyz'
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [
      { Id: 'emea-ru-msa-edge' } // UK South
      { Id: 'emea-se-sto-edge' } // UK West
      { Id: 'emea-gb-db3-azr' } // North Europe
    ]
    Request: { RequestUrl: 'https://${host}/readyz', HttpVerb: 'GET', ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 }
  }
}

resource unreachable 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-unreachable'
  location: 'global'
  tags: tags
  properties: {
    description: 'The bot, or its storage, cannot be reached from at least 2 of 3 places.'
    severity: 0
    enabled: true
    autoMitigate: true
    scopes: [outsideCheck.id, insightsId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: outsideCheck.id
      componentId: insightsId
      failedLocationCount: 2
    }
    actions: tellOnCall
  }
}
