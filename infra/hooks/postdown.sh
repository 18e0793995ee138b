#!/bin/sh
# The budget is gone: the next one begins in its own month.
set -eu
azd env set DUNNING_BUDGET_START ""
