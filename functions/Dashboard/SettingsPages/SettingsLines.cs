using Dunning.Configuration;
using Dunning.Payments.Webhooks;

namespace Dunning.Dashboard.SettingsPages;

/// <summary>What is set and what is not, never a secret.</summary>
public sealed class SettingsLines(
    CreditorOptions creditor,
    EmailOptions email,
    SmsOptions sms,
    StatementOptions statements,
    WebhookEndpoints webhooks,
    InboxOptions inbox,
    PortalOptions portal
)
{
    internal IReadOnlyList<SettingLine> All { get; } =
    [
        new("company", creditor.Company, true),
        new("person", creditor.Person, creditor.Person is not null),
        new("replyTo", creditor.Email, true),
        new("address", creditor.Address?.City, creditor.Address is not null),
        new("taxId", creditor.TaxId, creditor.TaxId is not null),
        new("bank", creditor.Bank?.Iban ?? creditor.Bank?.AccountNumber, creditor.Bank is not null),
        new("accountManager", creditor.AccountManager, creditor.AccountManager is not null),
        new("zone", creditor.TimeZone, true),
        new("email", $"{email.Provider?.ToString().ToLowerInvariant()}, {email.From}", true),
        new("sms", sms.From, sms.IsEnabled),
        new("statements", null, statements.Monthly),
        new(
            "webhooks",
            string.Join(", ", webhooks.All.Select(endpoint => endpoint.Provider).Distinct()),
            webhooks.All.Count > 0
        ),
        new("inbox", inbox.User, inbox.IsRead || inbox.EndpointKey is { Length: > 0 }),
        new("portal", portal.Address, portal.Address is not null),
    ];
}

/// <param name="Name">Of its words.</param>
/// <param name="Value">As it is set; null for none.</param>
public sealed record SettingLine(string Name, string? Value, bool IsSet);
