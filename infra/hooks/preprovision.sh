#!/bin/sh
# A budget cannot change its first month: write it down once.
set -eu
[ -n "${DUNNING_BUDGET_START:-}" ] || azd env set DUNNING_BUDGET_START "$(date -u +%Y-%m-01)"
