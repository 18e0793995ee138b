# Waits until the deployed app reports that it is healthy; otherwise says what is wrong and fails.
$ErrorActionPreference = 'Stop'

$tries = if ($env:DUNNING_PROBE_TRIES) { [int]$env:DUNNING_PROBE_TRIES } else { 30 }
$pause = if ($env:DUNNING_PROBE_PAUSE) { [int]$env:DUNNING_PROBE_PAUSE } else { 10 }
$health = "$env:SERVICE_FUNCTIONS_URI/api/health"

for ($n = 1; ; $n++) {
    try {
        $answer = Invoke-WebRequest -Uri $health -TimeoutSec 30 -SkipHttpErrorCheck -UseBasicParsing
        $status, $body = [int]$answer.StatusCode, "$($answer.Content)"
    }
    catch {
        $status, $body = 0, ''
    }
    if ($status -eq 200 -or $n -ge $tries) { break }
    Write-Host "The app is not healthy yet (HTTP $status), try $n of $tries."
    Start-Sleep -Seconds $pause
}
$report = try { $body | ConvertFrom-Json } catch { $null }

function Write-LateScan([string] $what, $scan) {
    if ($scan.isLate) {
        $at = if ($scan.at) { ([DateTime]$scan.at).ToUniversalTime().ToString('s') + 'Z' } else { 'none yet for at least one shard' }
        Write-Host "- The scan of $what invoices is late; last complete scan: $at."
    }
}

if ($status -eq 200) {
    if ($report.stoppedAt) {
        Write-Host "The app is healthy, and all sending is stopped: POST $env:SERVICE_FUNCTIONS_URI/api/manage/start shows what would be sent"
        Write-Host '(header x-functions-key: <master key>).'
    }
    elseif ($report.status -eq 'degraded') {
        Write-Host "Reminders go out, and a person is needed: in doubt $($report.inDoubt), stalled $($report.stalled), poisoned $($report.poisoned)."
        Write-Host "GET $env:SERVICE_FUNCTIONS_URI/api/manage/recover lists them (header x-functions-key: <master key>)."
    }
    else {
        Write-Host "The app is healthy: $health"
    }
    exit 0
}

Write-Host "The app is not healthy: $health answers $status."
if ($report.storage -eq 'unreachable') {
    Write-Host "- It does not reach its storage $env:AZURE_STORAGE_ACCOUNT_NAME. New roles may take ten minutes: wait, then 'azd deploy'."
    Write-Host "  If it stays: roles of the app's identity at that account, and with DUNNING_NETWORK the private endpoints."
}
elseif ($report.status -eq 'unhealthy') {
    Write-LateScan upcoming $report.upcoming
    Write-LateScan overdue $report.overdue
    Write-Host "  Timers may stand still after a deployment: POST $env:SERVICE_FUNCTIONS_URI/api/manage/scan (header x-functions-key: <master key>),"
    Write-Host "  then az functionapp restart --resource-group $env:AZURE_RESOURCE_GROUP --name $env:SERVICE_FUNCTIONS_NAME"
}
elseif ($status -eq 0) {
    Write-Host '- There is no answer: is the network here open, and does the name resolve? The app may be healthy.'
}
elseif ($status -eq 403) {
    Write-Host "- The app is stopped, or does not let this address in: az functionapp start --resource-group $env:AZURE_RESOURCE_GROUP --name $env:SERVICE_FUNCTIONS_NAME"
}
elseif ($status -eq 404) {
    Write-Host "- The app runs and has no functions: the package has not arrived. Run 'azd deploy' again."
}
else {
    Write-Host '- The app could not start. Its log names the reason, most often a setting: in the portal, Application Insights, Logs:'
    Write-Host "  union AppTraces, AppExceptions | where * has 'The settings need attention' or SeverityLevel >= 3 | top 20 by TimeGenerated"
}
exit 1
