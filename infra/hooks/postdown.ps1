# The budget is gone: the next one begins in its own month.
$ErrorActionPreference = 'Stop'
azd env set DUNNING_BUDGET_START ''
