# A budget cannot change its first month, and takes none that has passed: it is written down once, while there is a budget, and forgotten with it.
$ErrorActionPreference = 'Stop'
if ($env:DUNNING_ALERTS -eq 'false' -or $env:DUNNING_BUDGET -eq '0') {
    if ($env:DUNNING_BUDGET_START) { azd env set DUNNING_BUDGET_START '' }
}
elseif (-not $env:DUNNING_BUDGET_START) {
    azd env set DUNNING_BUDGET_START ([DateTime]::UtcNow.ToString('yyyy-MM-01', [Globalization.CultureInfo]::InvariantCulture))
}
