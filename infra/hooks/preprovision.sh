#!/bin/sh
# A budget cannot change its first month, and takes none that has passed: it is written down once, while there is a budget, and forgotten with it.
set -eu
if [ "${DUNNING_ALERTS:-true}" = false ] || [ "${DUNNING_BUDGET:-}" = 0 ]; then
  [ -z "${DUNNING_BUDGET_START:-}" ] || azd env set DUNNING_BUDGET_START ""
else
  [ -n "${DUNNING_BUDGET_START:-}" ] || azd env set DUNNING_BUDGET_START "$(date -u +%Y-%m-01)"
fi
