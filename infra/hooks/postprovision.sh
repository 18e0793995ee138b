#!/bin/sh
# Waits until the new role assignments have reached storage (a deployment before that is refused), then says what is left to do by hand.
set -eu

tries=${DUNNING_PROBE_TRIES:-30}
pause=${DUNNING_PROBE_PAUSE:-10}
account=$AZURE_STORAGE_ACCOUNT_NAME

# Prints the status of the answer. The token goes in by standard input, so that it is in no process list.
ask() {
  token=$(azd auth token --scope "$1" --output json | sed -n 's/.*"token" *: *"\([^"]*\)".*/\1/p')
  shift
  printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --silent --max-time 20 --output /dev/null --write-out '%{http_code}' --config - "$@" || true
}

probe() {
  ask https://storage.azure.com/.default --header 'x-ms-version: 2023-11-03' "$1"
}

wait_for_storage() {
  n=0
  while [ "$n" -lt "$tries" ]; do
    blob=$(probe "https://$account.blob.core.windows.net/app-package?restype=container&comp=list&maxresults=1")
    queue=$(probe "https://$account.queue.core.windows.net/scan?comp=metadata")
    if [ "$blob" = 200 ] && [ "$queue" = 200 ]; then
      echo "Storage lets us in."
      return
    fi
    n=$((n + 1))
    echo "Storage does not let us in yet (blob $blob, queue $queue), try $n of $tries."
    sleep "$pause"
  done
  echo "Storage still does not let us in. If the deployment is refused now, run 'azd deploy' again in a minute."
}

if [ "${DUNNING_CAN_ASK_STORAGE:-}" = true ]; then
  wait_for_storage
else
  echo "Storage cannot be asked from here. If the deployment is refused, run 'azd deploy' again in a minute."
fi

# The app keeps what it read in the vault for up to a day, also that it was not allowed to read yet: it is told to read anew.
# learn.microsoft.com/azure/app-service/app-service-key-vault-references, "Rotation"
if [ -n "${AZURE_KEY_VAULT_NAME:-}" ]; then
  app="https://management.azure.com/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$SERVICE_FUNCTIONS_NAME"
  read_anew=$(ask https://management.azure.com/.default --request POST --data '' "$app/config/configreferences/appsettings/refresh?api-version=2022-03-01")
  case $read_anew in
    2*) echo "The app reads its secrets anew." ;;
    *) echo "The app could not be told to read its secrets anew ($read_anew): it does so within a day, or when you restart it." ;;
  esac
fi

echo
echo "Invoices:  POST $SERVICE_FUNCTIONS_URI/api/invoices   (header x-functions-key: <function key>)"
echo "Keys:      az functionapp keys list --resource-group $AZURE_RESOURCE_GROUP --name $SERVICE_FUNCTIONS_NAME"
echo "Mail from: $DUNNING_SENDS_FROM"

if [ -n "${DUNNING_WEBHOOKS_NAMED:-}" ]; then
  echo
  echo "Addresses for your payment providers; the command prints the key at the end:"
  for provider in $DUNNING_WEBHOOKS_NAMED; do
    echo "  $DUNNING_ADDRESS/api/webhooks/$provider/<key>"
    echo "    az keyvault secret show --vault-name $AZURE_KEY_VAULT_NAME --name $provider-key --query value --output tsv"
  done
  echo "Open: ${DUNNING_WEBHOOKS_OPEN:-none yet}"
  if [ -n "${DUNNING_WEBHOOKS_LACK:-}" ]; then
    echo "Still to set, then 'azd provision' again: $DUNNING_WEBHOOKS_LACK"
  fi
else
  echo
  echo "No payment webhook is open. For Stripe: azd env set DUNNING_WEBHOOKS stripe, then azd provision."
fi
if [ -n "${DUNNING_WEBHOOKS_UNKNOWN:-}" ]; then
  echo "DUNNING_WEBHOOKS names what no provider is called: $DUNNING_WEBHOOKS_UNKNOWN"
fi
if [ "$DUNNING_ADDRESS" != "$SERVICE_FUNCTIONS_URI" ]; then
  echo "Azure calls the app $SERVICE_FUNCTIONS_URI. If $DUNNING_ADDRESS is not yours: azd env set DUNNING_PUBLIC_URL $SERVICE_FUNCTIONS_URI"
fi

if [ -n "${DUNNING_DNS_RECORDS:-}" ]; then
  echo
  echo "Set these DNS records, verify the domain in the portal, then: azd env set DUNNING_EMAIL_DOMAIN_VERIFIED true, and azd provision."
  printf '%s\n' "$DUNNING_DNS_RECORDS" | tr '|' '\n' | sed 's/^/  /'
fi
