// One identity for everything: it is the bot in Entra, it pulls the image and it reads the storage.
// There is no secret to rotate, because Azure holds the credential and never shows it.

param name string
param location string
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId
