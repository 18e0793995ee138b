#!/bin/sh
# Before anything is made: lists together all settings that would make the deployment fail or prevent sending. Then keeps the month of the budget.
set -eu

problems=0
problem() {
  [ "$problems" -gt 0 ] || echo "Nothing was made or changed. To set first:" >&2
  problems=$((problems + 1))
  echo "- $1" >&2
}

# Prints what was set with `azd env set`, or else the answer to a question of `azd up`: azd keeps that in another file.
value() {
  given=$(printenv "$1") || given=
  answers=".azure/${AZURE_ENV_NAME:-}/config.json"
  if [ -z "$given" ] && [ -f "$answers" ]; then
    given=$(sed -n 's/.*"'"$2"'" *: *"\([^"]*\)".*/\1/p' "$answers" | head -n 1)
  fi
  printf '%s' "$given"
}

# RFC 2606 reserves these domains for examples: no mail arrives there.
is_address() {
  printf '%s\n' "$1" | grep -Eq '^[^][:space:]@,;<>"]+@[^][:space:]@,;<>"]+\.[^][:space:]@,;<>".]{2,}$' &&
    ! printf '%s\n' "$1" | grep -Eiq '[@.](example\.(com|net|org)|example|invalid|test|localhost)$'
}

# Prints the answer of Azure Resource Manager, then its status. The token goes in by standard input, so that it is in no process list.
ask() {
  token=$(azd auth token --scope https://management.azure.com/.default --output json | sed -n 's/.*"token" *: *"\([^"]*\)".*/\1/p') || token=
  printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --silent --max-time 20 --write-out '\n%{http_code}' --config - \
      "https://management.azure.com/subscriptions/${AZURE_SUBSCRIPTION_ID:-}/providers/$1" || true
}

status_of() {
  printf '%s\n' "$1" | tail -n 1
}

# Name, command, example, and what it is.
needs() {
  [ -n "$(printenv "$1" || true)" ] || problem "azd env $2 $1${3:+ $3}: $4"
}

reply_to=$(value DUNNING_EMAIL replyTo)
is_address "$reply_to" ||
  problem "azd env set DUNNING_EMAIL accounts@<your domain>: the mailbox that replies to reminders go to. Somebody must read it."

region=$(value AZURE_LOCATION location | tr '[:upper:]' '[:lower:]' | tr -d ' ')
if [ -z "$region" ]; then
  problem "azd env set AZURE_LOCATION <region>: 'az functionapp list-flexconsumption-locations' lists those that offer Flex Consumption."
else
  answer=$(ask 'Microsoft.Web/geoRegions?sku=FlexConsumption&api-version=2023-01-01')
  if [ "$(status_of "$answer")" = 200 ]; then
    offered=$(printf '%s' "$answer" | tr '[:upper:]' '[:lower:]' | tr -d ' \t\r\n' | grep -o '"name":"[a-z0-9]*"' |
      sed 's/.*:"\(.*\)"/\1/' | sort | tr '\n' ' ' | sed 's/ $//')
    case " $offered " in
      *" $region "*) ;;
      *) problem "azd env set AZURE_LOCATION <region>: $region does not offer Flex Consumption. These do: $offered" ;;
    esac
  else
    echo "Azure does not say ($(status_of "$answer")) whether $region offers Flex Consumption. If it does not, the deployment fails at the plan."
  fi
fi

case $(value DUNNING_EMAIL_PROVIDER emailProvider) in
  smtp)
    needs DUNNING_SMTP_HOST set "<server>" "the mail server that sends the reminders."
    is_address "${DUNNING_EMAIL_FROM:-}" ||
      problem "azd env set DUNNING_EMAIL_FROM reminders@<your domain>: the sending address. The mail server must accept it."
    # A relay in a network of your own may know the app by its address, and Azure lets port 25 through only there.
    if [ "${DUNNING_NETWORK:-false}" != true ] || [ -n "${DUNNING_SMTP_USER:-}${DUNNING_SMTP_PASSWORD:-}" ]; then
      needs DUNNING_SMTP_USER set "<user>" "the user name at the mail server."
      needs DUNNING_SMTP_PASSWORD set-secret "" "the password at the mail server; it is kept in a Key Vault."
    fi
    if [ "${DUNNING_NETWORK:-false}" != true ] && [ "${DUNNING_SMTP_PORT:-}" = 25 ]; then
      problem "azd env set DUNNING_SMTP_PORT 587: Azure blocks outgoing port 25. 465 needs DUNNING_SMTP_TLS implicit as well."
    fi
    ;;
  acs)
    if [ "${DUNNING_ACS_CUSTOMER:-}" != true ]; then
      answer=$(ask 'Microsoft.Communication/emailServices?api-version=2025-05-01')
      if [ "$(status_of "$answer")" != 200 ]; then
        echo "Azure does not say ($(status_of "$answer")) whether this subscription has Communication Services Email. It takes no new customers."
      elif printf '%s' "$answer" | tr -d ' \t\r\n' | grep -q '"value":\[\]'; then
        problem "azd env set DUNNING_EMAIL_PROVIDER smtp: Azure Communication Services Email takes no new customers since 2026-10-23, and this subscription has none. If you are a customer by another subscription: azd env set DUNNING_ACS_CUSTOMER true."
      fi
    fi
    ;;
  *)
    problem "azd env set DUNNING_EMAIL_PROVIDER smtp: who sends the reminders, any mail server (smtp) or Azure Communication Services (acs), which takes no new customers and ends on 2028-09-30."
    ;;
esac

if [ -n "${DUNNING_SMS_ACCOUNT_SID:-}" ]; then
  needs DUNNING_SMS_FROM set "<number or MG...>" "the number or messaging service that text messages come from."
  needs DUNNING_SMS_API_KEY set-secret "" "the key of Twilio's API (SK...)."
  needs DUNNING_SMS_API_SECRET set-secret "" "the secret of that key."
  needs DUNNING_SMS_AUTH_TOKEN set-secret "" "Twilio signs STOP and delivery reports with it; without it nobody can opt out."
elif [ -n "${DUNNING_SMS_FROM:-}${DUNNING_SMS_API_KEY:-}${DUNNING_SMS_API_SECRET:-}${DUNNING_SMS_AUTH_TOKEN:-}" ]; then
  problem "azd env set DUNNING_SMS_ACCOUNT_SID AC...: without it no text message is sent. To do without them, set the other DUNNING_SMS_ values to \"\"."
fi

if [ "$problems" -gt 0 ]; then
  echo "docs/deploy.md explains each. Then run the command again." >&2
  exit 1
fi

# A budget cannot change its first month, and takes none that has passed: it is written down once, while there is a budget, and forgotten with it.
if [ "${DUNNING_ALERTS:-true}" = false ] || [ "${DUNNING_BUDGET:-}" = 0 ]; then
  [ -z "${DUNNING_BUDGET_START:-}" ] || azd env set DUNNING_BUDGET_START ""
else
  [ -n "${DUNNING_BUDGET_START:-}" ] || azd env set DUNNING_BUDGET_START "$(date -u +%Y-%m-01)"
fi
