using System.Text.RegularExpressions;
using Dunning.Http.Validation;
using Dunning.Payments.Webhooks;
using Microsoft.Extensions.Configuration;

namespace Dunning.Configuration;

/// <summary>
/// Checks all settings before the start and reports all problems together, by name and with the correction. A message
/// never contains a setting's value, which may be a secret.
/// </summary>
internal static partial class SettingChecks
{
    private static readonly Setting[] _commonSettings =
    [
        new("FindUpcomingInvoicesSchedule", SettingRules.Schedule, Required: true),
        new("FindOverdueInvoicesSchedule", SettingRules.Schedule, Required: true),
        new("RecoverSchedule", SettingRules.Schedule, Required: true),
        new("RetentionSchedule", SettingRules.Schedule, Required: true),
        new("Retention:MessagesDays", SettingRules.Number(0, 36_500)),
        new("Retention:WebhookBodiesDays", SettingRules.Number(0, 36_500)),
        new("Retention:ClosedInvoicesDays", SettingRules.Number(0, 36_500)),
        new("ScanWindow", SettingRules.Duration),
        new("Dunning:Company", TextRules.Line(200), Required: true),
        new("Dunning:Person", TextRules.Line(100)),
        new("Dunning:Email", SettingRules.OwnAddress, Required: true),
        new("Dunning:Phone", TextRules.Line(40)),
        new("Dunning:Address:Line1", TextRules.Line(200)),
        new("Dunning:Address:Line2", TextRules.Line(200)),
        new("Dunning:Address:PostalCode", TextRules.Line(20)),
        new("Dunning:Address:City", TextRules.Line(100)),
        new("Dunning:Address:Region", TextRules.Line(100)),
        new("Dunning:Address:Country", PlaceRules.Country),
        new("Dunning:TaxId", TextRules.Line(40)),
        new("Dunning:AccountManager", SettingRules.OwnAddress),
        new("Dunning:TimeZone", PlaceRules.IanaZone),
        new("Dunning:Language", SettingRules.Language),
        new("Dunning:Bank:Iban", BankRules.Iban),
        new("Dunning:Bank:Bic", BankRules.Bic),
        new("Dunning:Bank:AccountNumber", BankRules.AccountNumber),
        new("Dunning:Bank:BankCode", BankRules.BankCode),
        new("Dunning:Bank:AccountName", TextRules.Line(140)),
        new("Dunning:Bank:Reference", TextRules.Line(140)),
        new("Dunning:PoliciesFile", SettingRules.PolicyFile),
        new("Dunning:CalendarFile", SettingRules.CalendarFile),
        new("Email:Provider", SettingRules.OneOf("acs", "smtp"), Required: true),
        new("Email:From", SettingRules.OwnAddress, Required: true),
        new("Email:PerMinute", SettingRules.Number(1, 100_000)),
        new("Email:PerHour", SettingRules.Number(1, 10_000_000)),
        new("Sms:PerMinute", SettingRules.Number(1, 100_000)),
        new("Sms:PerHour", SettingRules.Number(1, 10_000_000)),
    ];

    private static readonly Setting[] _storageSettings = [new("AzureWebJobsStorage", SettingRules.Storage)];
    private static readonly Setting[] _keylessStorageSettings =
    [
        new("AzureWebJobsStorage:accountName", SettingRules.AccountName, Required: true),
    ];
    private static readonly Setting[] _acsSettings = [new("Email:ConnectionString", SettingRules.AcsConnection)];
    private static readonly Setting[] _keylessAcsSettings =
    [
        new("Email:Endpoint", SettingRules.Address, Required: true),
    ];
    private static readonly Setting[] _smtpSettings =
    [
        new("Email:Host", TextRules.Line(253), Required: true),
        new("Email:Port", SettingRules.Number(1, 65535)),
        new("Email:Tls", SettingRules.SmtpTls),
    ];

    private static readonly Setting[] _twilioSettings =
    [
        new("Sms:AccountSid", SettingRules.TwilioAccount),
        new("Sms:ApiKey", SettingRules.TwilioKey, Required: true),
        new("Sms:ApiSecret", TextRules.Opaque(200), Required: true),
        new("Sms:From", SettingRules.TextSender, Required: true),
        new("Sms:AuthToken", TextRules.Opaque(200)),
        new("Sms:AuthTokenNext", TextRules.Opaque(200)),
        new("Sms:WebhookAddress", SettingRules.Folder),
        new("Sms:BaseAddress", SettingRules.Folder),
    ];

    /// <exception cref="InvalidOperationException">
    /// Settings are missing or invalid; the message lists all of them.
    /// </exception>
    public static void Ensure(IConfiguration settings)
    {
        var problems = Find(settings);
        if (problems.Count > 0)
            throw new InvalidOperationException(
                $"Settings are missing or invalid: correct these {problems.Count}. docs/settings.md describes them.\n- "
                    + string.Join("\n- ", problems)
            );
    }

    /// <summary>All problems, each as <c>Name__In__AppSettings: correction</c>.</summary>
    public static IReadOnlyList<string> Find(IConfiguration settings)
    {
        var unresolved = SecretReferences.Unresolved(settings);
        var expected = _commonSettings
            .Concat(settings["AzureWebJobsStorage"] is { Length: > 0 } ? _storageSettings : _keylessStorageSettings)
            .Concat(EmailSettings(settings))
            .Concat(settings["Sms:AccountSid"] is { Length: > 0 } ? _twilioSettings : []);
        return
        [
            .. unresolved.Select(name =>
                $"{name}: Azure has not read this secret from the Key Vault. Check that the app has access to the "
                + "vault and that the secret exists, then restart the app."
            ),
            .. expected
                .Select(setting => setting.ProblemIn(settings))
                .Concat(PairProblems(settings))
                .Concat(ListProblems(settings))
                .OfType<string>()
                .Where(problem => !unresolved.Any(name => problem.StartsWith($"{name}:", StringComparison.Ordinal))),
        ];
    }

    private static Setting[] EmailSettings(IConfiguration settings) =>
        settings["Email:Provider"] switch
        {
            "acs" => settings["Email:ConnectionString"] is { Length: > 0 } ? _acsSettings : _keylessAcsSettings,
            "smtp" => _smtpSettings,
            _ => [],
        };

    private static IEnumerable<string> PairProblems(IConfiguration settings)
    {
        if (settings["Email:User"] is { Length: > 0 } != settings["Email:Password"] is { Length: > 0 })
            yield return "Email__User: set both Email__User and Email__Password, or neither";
    }

    private static IEnumerable<string> ListProblems(IConfiguration configuration)
    {
        // Binding stops at the first value of a wrong type: report these values and bind without them.
        var mistyped = configuration
            .AsEnumerable()
            .Select(setting => (setting.Key, setting.Value, Rule: TypeOf(setting.Key)))
            .Where(setting =>
                setting is { Rule: not null, Value.Length: > 0 } && setting.Rule.Check(setting.Value).Error is not null
            )
            .ToDictionary(setting => setting.Key, setting => setting.Rule!.Check(setting.Value!).Error!.Message);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.AsEnumerable().Where(setting => !mistyped.ContainsKey(setting.Key)))
            .Build();
        return mistyped
            .Select(setting => $"{Setting.AppSettingName(setting.Key)}: {setting.Value}")
            .Concat(WebhookEndpoints.FindFlaws(settings.GetSection("Webhooks").Get<List<WebhookEndpoint>>() ?? []));
    }

    private static FieldRule<string>? TypeOf(string name) =>
        TestMode().IsMatch(name) ? SettingRules.Flag
        : ToleranceSeconds().IsMatch(name) ? SettingRules.Number(1, 86_400)
        : LinkHost().IsMatch(name) ? SettingRules.HostName
        : null;

    [GeneratedRegex(@"^Dunning:(PaymentHosts|DocumentHosts):\d+\z", RegexOptions.IgnoreCase)]
    private static partial Regex LinkHost();

    [GeneratedRegex(@"^Webhooks:\d+:TestMode\z", RegexOptions.IgnoreCase)]
    private static partial Regex TestMode();

    [GeneratedRegex(@"^Webhooks:\d+:ToleranceSeconds\z", RegexOptions.IgnoreCase)]
    private static partial Regex ToleranceSeconds();

    private sealed record Setting(string Name, FieldRule<string> Rule, bool Required = false)
    {
        public static string AppSettingName(string name) => name.Replace(":", "__", StringComparison.Ordinal);

        public string? ProblemIn(IConfiguration settings)
        {
            // The convention test SettingReads accepts settings[name] as a read that is checked elsewhere.
            var name = Name;
            if (settings[name] is not { Length: > 0 } value)
                return Required ? $"{AppSettingName(Name)}: this setting is required" : null;
            return Rule.Check(value).Error is { } error ? $"{AppSettingName(Name)}: {error.Message}" : null;
        }
    }
}
