# A budget cannot change its first month: write it down once.
$ErrorActionPreference = 'Stop'
if (-not $env:DUNNING_BUDGET_START) {
    azd env set DUNNING_BUDGET_START ([DateTime]::UtcNow.ToString('yyyy-MM-01', [Globalization.CultureInfo]::InvariantCulture))
}
