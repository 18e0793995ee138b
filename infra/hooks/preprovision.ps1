# Before anything is made: lists together all settings that would make the deployment fail or prevent sending. Then keeps the month of the budget.
$ErrorActionPreference = 'Stop'

$problems = [Collections.Generic.List[string]]::new()
$answersFile = ".azure/$env:AZURE_ENV_NAME/config.json"
$answered = if (Test-Path $answersFile -PathType Leaf) { (Get-Content $answersFile -Raw | ConvertFrom-Json).infra.parameters }

# What was set with `azd env set`, or else the answer to a question of `azd up`: azd keeps that in another file.
function Get-Value([string] $name, [string] $parameter) {
    $given = [Environment]::GetEnvironmentVariable($name)
    if ($given) { $given } else { "$($answered.$parameter)" }
}

# RFC 2606 reserves these domains for examples: no mail arrives there.
function Test-Address([string] $text) {
    $text -match '^[^\]\s@,;<>"]+@[^\]\s@,;<>"]+\.[^\]\s@,;<>".]{2,}$' -and
    $text -notmatch '[@.](example\.(com|net|org)|example|invalid|test|localhost)$'
}

# The status of Azure Resource Manager's answer, and the answer.
function Get-Answer([string] $path) {
    try {
        $token = (azd auth token --scope https://management.azure.com/.default --output json | ConvertFrom-Json).token
        $answer = Invoke-WebRequest -Uri "https://management.azure.com/subscriptions/$env:AZURE_SUBSCRIPTION_ID/providers/$path" -Headers @{ Authorization = "Bearer $token" } -TimeoutSec 20 -SkipHttpErrorCheck -UseBasicParsing
        return [int]$answer.StatusCode, "$($answer.Content)"
    }
    catch {
        return 0, ''
    }
}

function Assert-Set([string] $name, [string] $command, [string] $example, [string] $what) {
    if (-not [Environment]::GetEnvironmentVariable($name)) {
        $problems.Add("azd env $(($command, $name, $example -ne '') -join ' '): $what")
    }
}

if (-not (Test-Address (Get-Value DUNNING_EMAIL replyTo))) {
    $problems.Add('azd env set DUNNING_EMAIL accounts@<your domain>: the mailbox that replies to reminders go to. Somebody must read it.')
}

$region = (Get-Value AZURE_LOCATION location).ToLowerInvariant() -replace ' '
if (-not $region) {
    $problems.Add("azd env set AZURE_LOCATION <region>: 'az functionapp list-flexconsumption-locations' lists those that offer Flex Consumption.")
}
else {
    $status, $answer = Get-Answer 'Microsoft.Web/geoRegions?sku=FlexConsumption&api-version=2023-01-01'
    if ($status -eq 200) {
        $offered = @(($answer | ConvertFrom-Json).value | ForEach-Object { $_.name.ToLowerInvariant() -replace ' ' } | Sort-Object)
        if ($region -notin $offered) {
            $problems.Add("azd env set AZURE_LOCATION <region>: $region does not offer Flex Consumption. These do: $offered")
        }
    }
    else {
        Write-Host "Azure does not say ($status) whether $region offers Flex Consumption. If it does not, the deployment fails at the plan."
    }
}

switch (Get-Value DUNNING_EMAIL_PROVIDER emailProvider) {
    'smtp' {
        Assert-Set DUNNING_SMTP_HOST set '<server>' 'the mail server that sends the reminders.'
        if (-not (Test-Address $env:DUNNING_EMAIL_FROM)) {
            $problems.Add('azd env set DUNNING_EMAIL_FROM reminders@<your domain>: the sending address. The mail server must accept it.')
        }
        # A relay in a network of your own may know the app by its address, and Azure lets port 25 through only there.
        if ($env:DUNNING_NETWORK -ne 'true' -or $env:DUNNING_SMTP_USER -or $env:DUNNING_SMTP_PASSWORD) {
            Assert-Set DUNNING_SMTP_USER set '<user>' 'the user name at the mail server.'
            Assert-Set DUNNING_SMTP_PASSWORD set-secret '' 'the password at the mail server; it is kept in a Key Vault.'
        }
        if ($env:DUNNING_NETWORK -ne 'true' -and $env:DUNNING_SMTP_PORT -eq '25') {
            $problems.Add('azd env set DUNNING_SMTP_PORT 587: Azure blocks outgoing port 25. 465 needs DUNNING_SMTP_TLS implicit as well.')
        }
    }
    'acs' {
        if ($env:DUNNING_ACS_CUSTOMER -ne 'true') {
            $status, $answer = Get-Answer 'Microsoft.Communication/emailServices?api-version=2025-05-01'
            if ($status -ne 200) {
                Write-Host "Azure does not say ($status) whether this subscription has Communication Services Email. It takes no new customers."
            }
            elseif (-not ($answer | ConvertFrom-Json).value) {
                $problems.Add('azd env set DUNNING_EMAIL_PROVIDER smtp: Azure Communication Services Email takes no new customers since 2026-10-23, and this subscription has none. If you are a customer by another subscription: azd env set DUNNING_ACS_CUSTOMER true.')
            }
        }
    }
    default {
        $problems.Add('azd env set DUNNING_EMAIL_PROVIDER smtp: who sends the reminders, any mail server (smtp) or Azure Communication Services (acs), which takes no new customers and ends on 2028-09-30.')
    }
}

if ($env:DUNNING_SMS_ACCOUNT_SID) {
    Assert-Set DUNNING_SMS_FROM set '<number or MG...>' 'the number or messaging service that text messages come from.'
    Assert-Set DUNNING_SMS_API_KEY set-secret '' "the key of Twilio's API (SK...)."
    Assert-Set DUNNING_SMS_API_SECRET set-secret '' 'the secret of that key.'
    Assert-Set DUNNING_SMS_AUTH_TOKEN set-secret '' 'Twilio signs STOP and delivery reports with it; without it nobody can opt out.'
}
elseif ("$env:DUNNING_SMS_FROM$env:DUNNING_SMS_API_KEY$env:DUNNING_SMS_API_SECRET$env:DUNNING_SMS_AUTH_TOKEN") {
    $problems.Add('azd env set DUNNING_SMS_ACCOUNT_SID AC...: without it no text message is sent. To do without them, set the other DUNNING_SMS_ values to "".')
}

if ($problems.Count -gt 0) {
    Write-Host 'Nothing was made or changed. To set first:'
    $problems | ForEach-Object { Write-Host "- $_" }
    Write-Host 'docs/deploy.md explains each. Then run the command again.'
    exit 1
}

# A budget cannot change its first month, and takes none that has passed: it is written down once, while there is a budget, and forgotten with it.
if ($env:DUNNING_ALERTS -eq 'false' -or $env:DUNNING_BUDGET -eq '0') {
    if ($env:DUNNING_BUDGET_START) { azd env set DUNNING_BUDGET_START '' }
}
elseif (-not $env:DUNNING_BUDGET_START) {
    azd env set DUNNING_BUDGET_START ([DateTime]::UtcNow.ToString('yyyy-MM-01', [Globalization.CultureInfo]::InvariantCulture))
}
