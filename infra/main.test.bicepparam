using 'main.bicep'

param environmentName = 'test'
param usePrivateEndpoints = false
param storageRedundancy = 'Standard_LRS'
param botSku = 'F0'
param maxReplicas = 2
param logRetentionDays = 30
param onCallEmail = readEnvironmentVariable('PLR_ON_CALL_EMAIL')
param operatorGroupId = readEnvironmentVariable('PLR_OPERATOR_GROUP_ID', '')
param image = readEnvironmentVariable('PLR_IMAGE', '')
