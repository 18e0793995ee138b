#!/bin/sh
# Waits until the deployed app reports that it is healthy; otherwise says what is wrong and fails.
set -eu

tries=${DUNNING_PROBE_TRIES:-30}
pause=${DUNNING_PROBE_PAUSE:-10}
health=$SERVICE_FUNCTIONS_URI/api/health

n=0
while :; do
  answer=$(curl --silent --max-time 30 --write-out '\n%{http_code}' "$health" || true)
  status=$(printf '%s\n' "$answer" | tail -n 1)
  n=$((n + 1))
  [ "$status" != 200 ] && [ "$n" -lt "$tries" ] || break
  echo "The app is not healthy yet (HTTP $status), try $n of $tries."
  sleep "$pause"
done
body=$(printf '%s\n' "$answer" | sed '$d' | tr -d '\r\n')

number() {
  printf '%s' "$body" | sed -n 's/.*"'"$1"'":\([0-9]*\).*/\1/p'
}

is_late() {
  printf '%s' "$body" | grep -q "\"$1\":{[^}]*\"isLate\":true"
}

last_scan() {
  at=$(printf '%s' "$body" | sed -n 's/.*"'"$1"'":{"at":"\([^"]*\)".*/\1/p')
  printf '%s' "${at:-none yet for at least one shard}"
}

if [ "$status" = 200 ]; then
  case $body in
    *'"stoppedAt":"'*)
      echo "The app is healthy, and all sending is stopped: POST $SERVICE_FUNCTIONS_URI/api/manage/start shows what would be sent"
      echo "(header x-functions-key: <master key>)."
      ;;
    *'"status":"degraded"'*)
      echo "Reminders go out, and a person is needed: in doubt $(number inDoubt), stalled $(number stalled), poisoned $(number poisoned)."
      echo "GET $SERVICE_FUNCTIONS_URI/api/manage/recover lists them (header x-functions-key: <master key>)."
      ;;
    *) echo "The app is healthy: $health" ;;
  esac
  exit 0
fi

echo "The app is not healthy: $health answers $status."
case $status:$body in
  *'"storage":"unreachable"'*)
    echo "- It does not reach its storage ${AZURE_STORAGE_ACCOUNT_NAME:-}. New roles may take ten minutes: wait, then 'azd deploy'."
    echo "  If it stays: roles of the app's identity at that account, and with DUNNING_NETWORK the private endpoints."
    ;;
  *'"status":"unhealthy"'*)
    ! is_late upcoming || echo "- The scan of upcoming invoices is late; last complete scan: $(last_scan upcoming)."
    ! is_late overdue || echo "- The scan of overdue invoices is late; last complete scan: $(last_scan overdue)."
    echo "  Timers may stand still after a deployment: POST $SERVICE_FUNCTIONS_URI/api/manage/scan (header x-functions-key: <master key>),"
    echo "  then az functionapp restart --resource-group $AZURE_RESOURCE_GROUP --name $SERVICE_FUNCTIONS_NAME"
    ;;
  000:*) echo "- There is no answer: is the network here open, and does the name resolve? The app may be healthy." ;;
  403:*) echo "- The app is stopped, or does not let this address in: az functionapp start --resource-group $AZURE_RESOURCE_GROUP --name $SERVICE_FUNCTIONS_NAME" ;;
  404:*) echo "- The app runs and has no functions: the package has not arrived. Run 'azd deploy' again." ;;
  *)
    echo "- The app could not start. Its log names the reason, most often a setting: in the portal, Application Insights, Logs:"
    echo "  union AppTraces, AppExceptions | where * has 'The settings need attention' or SeverityLevel >= 3 | top 20 by TimeGenerated"
    ;;
esac
exit 1
