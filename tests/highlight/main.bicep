targetScope = 'resourceGroup'
// what to make
@description('Where it\'s at')
@minLength(3)
param location string = resourceGroup().location
param tags object = {}
var name = 'st${uniqueString(resourceGroup().id)}x'
/* block */
resource account 'Microsoft.Storage/storageAccounts@2023-01-01' = [for i in range(0, 2): if (i > 0) {
  name: '${name}${i}'
  sku: { name: 'Standard_LRS' }
  properties: { allow: true, size: 10, text: '''raw ${x}''' }
}]
#disable-next-line no-unused
output id string = account[0].id
