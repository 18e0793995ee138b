# Waits until the new role assignments have reached storage (a deployment before that is refused), then says what is left to do by hand.
$ErrorActionPreference = 'Stop'

$tries = if ($env:DUNNING_PROBE_TRIES) { [int]$env:DUNNING_PROBE_TRIES } else { 30 }
$pause = if ($env:DUNNING_PROBE_PAUSE) { [int]$env:DUNNING_PROBE_PAUSE } else { 10 }
$account = $env:AZURE_STORAGE_ACCOUNT_NAME

function Get-Status([string] $uri, [string] $scope = 'https://storage.azure.com/.default', [string] $method = 'GET') {
    $token = (azd auth token --scope $scope --output json | ConvertFrom-Json).token
    try {
        $headers = @{ Authorization = "Bearer $token"; 'x-ms-version' = '2023-11-03' }
        return [int](Invoke-WebRequest -Uri $uri -Method $method -Headers $headers -TimeoutSec 20 -SkipHttpErrorCheck -UseBasicParsing).StatusCode
    }
    catch {
        return 0
    }
}

function Wait-Storage {
    for ($n = 1; $n -le $tries; $n++) {
        $blob = Get-Status "https://$account.blob.core.windows.net/app-package?restype=container&comp=list&maxresults=1"
        $queue = Get-Status "https://$account.queue.core.windows.net/scan?comp=metadata"
        if ($blob -eq 200 -and $queue -eq 200) {
            Write-Host 'Storage lets us in.'
            return
        }
        Write-Host "Storage does not let us in yet (blob $blob, queue $queue), try $n of $tries."
        Start-Sleep -Seconds $pause
    }
    Write-Host "Storage still does not let us in. If the deployment is refused now, run 'azd deploy' again in a minute."
}

if ($env:DUNNING_CAN_ASK_STORAGE -eq 'true') {
    Wait-Storage
}
else {
    Write-Host "Storage cannot be asked from here. If the deployment is refused, run 'azd deploy' again in a minute."
}

# The app keeps what it read in the vault for up to a day, also that it was not allowed to read yet: it is told to read anew.
# learn.microsoft.com/azure/app-service/app-service-key-vault-references, "Rotation"
if ($env:AZURE_KEY_VAULT_NAME) {
    $app = "https://management.azure.com/subscriptions/$env:AZURE_SUBSCRIPTION_ID/resourceGroups/$env:AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$env:SERVICE_FUNCTIONS_NAME"
    $readAnew = Get-Status "$app/config/configreferences/appsettings/refresh?api-version=2022-03-01" 'https://management.azure.com/.default' 'POST'
    if ($readAnew -ge 200 -and $readAnew -lt 300) {
        Write-Host 'The app reads its secrets anew.'
    }
    else {
        Write-Host "The app could not be told to read its secrets anew ($readAnew): it does so within a day, or when you restart it."
    }
}

Write-Host ''
Write-Host "Invoices:  POST $env:SERVICE_FUNCTIONS_URI/api/invoices   (header x-functions-key: <function key>)"
Write-Host "Keys:      az functionapp keys list --resource-group $env:AZURE_RESOURCE_GROUP --name $env:SERVICE_FUNCTIONS_NAME"
Write-Host "Mail from: $env:DUNNING_SENDS_FROM"

Write-Host ''
if ($env:DUNNING_WEBHOOKS_NAMED) {
    Write-Host 'Addresses for your payment providers; the command prints the key at the end:'
    foreach ($provider in $env:DUNNING_WEBHOOKS_NAMED -split ' ') {
        Write-Host "  $env:DUNNING_ADDRESS/api/webhooks/$provider/<key>"
        Write-Host "    az keyvault secret show --vault-name $env:AZURE_KEY_VAULT_NAME --name $provider-key --query value --output tsv"
    }
    Write-Host "Open: $(if ($env:DUNNING_WEBHOOKS_OPEN) { $env:DUNNING_WEBHOOKS_OPEN } else { 'none yet' })"
    if ($env:DUNNING_WEBHOOKS_LACK) {
        Write-Host "Still to set, then 'azd provision' again: $env:DUNNING_WEBHOOKS_LACK"
    }
}
else {
    Write-Host 'No payment webhook is open. For Stripe: azd env set DUNNING_WEBHOOKS stripe, then azd provision.'
}
if ($env:DUNNING_WEBHOOKS_UNKNOWN) {
    Write-Host "DUNNING_WEBHOOKS names what no provider is called: $env:DUNNING_WEBHOOKS_UNKNOWN"
}
if ($env:DUNNING_ADDRESS -ne $env:SERVICE_FUNCTIONS_URI) {
    Write-Host "Azure calls the app $env:SERVICE_FUNCTIONS_URI. If $env:DUNNING_ADDRESS is not yours: azd env set DUNNING_PUBLIC_URL $env:SERVICE_FUNCTIONS_URI"
}

if ($env:DUNNING_DNS_RECORDS) {
    Write-Host ''
    Write-Host 'Set these DNS records, verify the domain in the portal, then: azd env set DUNNING_EMAIL_DOMAIN_VERIFIED true, and azd provision.'
    $env:DUNNING_DNS_RECORDS -split '\|' | ForEach-Object { Write-Host "  $_" }
}
