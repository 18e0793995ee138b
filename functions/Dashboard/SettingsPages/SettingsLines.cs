using Dunning.Configuration;
using Dunning.Notices.Email;
using Dunning.Notices.Sms;
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
    PortalOptions portal,
    MailDomain mail
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
        .. sms.IsEnabled
            ? [new SettingLine("smsPrices", sms.Prices, sms.Prices is not null)]
            : Array.Empty<SettingLine>(),
        new("statements", null, statements.Monthly),
        new(
            "webhooks",
            string.Join(", ", webhooks.All.Select(endpoint => endpoint.Provider).Distinct()),
            webhooks.All.Count > 0
        ),
        new("inbox", inbox.User, inbox.IsRead || inbox.EndpointKey is { Length: > 0 }),
        new("portal", portal.Address, portal.Address is not null),
    ];

    /// <summary>Empty where no text messages are sent.</summary>
    internal IReadOnlyList<SmsCountryLine> SmsCountries { get; } =
        sms.IsEnabled
            ?
            [
                .. SmsCountry.All.Select(country => new SmsCountryLine(
                    country,
                    sms.SenderFor(country.Code).From,
                    country.IsOpenTo(sms)
                )),
            ]
            : [];

    /// <summary>What the sending domain publishes.</summary>
    internal async Task<IReadOnlyList<SettingLine>> ReadDomainAsync(CancellationToken cancellationToken)
    {
        var (spf, dmarc) = (mail.ReadSpfAsync(cancellationToken), mail.ReadDmarcAsync(cancellationToken));
        return [Of("spf", await spf), Of("dmarc", await dmarc)];
    }

    private static SettingLine Of(string name, MailRecord record) =>
        new(name, record.Text, record.Problem is null)
        {
            Fix = record.Problem switch
            {
                MailDomainProblem.NotAsked => "dnsNotAsked",
                MailDomainProblem.Several => "dnsSeveral",
                MailDomainProblem.AllowsEverybody => "spfOpen",
                _ => name,
            },
        };
}

/// <param name="Name">Of its words.</param>
/// <param name="Value">As it is set; null for none.</param>
public sealed record SettingLine(string Name, string? Value, bool IsSet)
{
    /// <summary>The end of the key of the words that say what to do.</summary>
    public string Fix { get; init; } = Name;
}

/// <param name="IsOpen">Whether text messages from the sender of the settings are delivered there.</param>
public sealed record SmsCountryLine(SmsCountry Country, string? Sender, bool IsOpen);
