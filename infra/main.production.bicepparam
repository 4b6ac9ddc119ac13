using 'main.bicep'

param environmentName = 'production'
param usePrivateEndpoints = true
param storageRedundancy = 'Standard_GZRS'
param botSku = 'S1'
param logRetentionDays = 365
param onCallEmail = readEnvironmentVariable('PLR_ON_CALL_EMAIL')
param operatorGroupId = readEnvironmentVariable('PLR_OPERATOR_GROUP_ID', '')
param image = readEnvironmentVariable('PLR_IMAGE', '')
