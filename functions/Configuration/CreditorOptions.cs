using Dunning.Http.Validation;

namespace Dunning.Configuration;

/// <summary>The creditor whose invoices these are, from the settings <c>Dunning__*</c>.</summary>
public sealed class CreditorOptions
{
    [RequiredSetting]
    [TextLine(200)]
    public string Company { get; init; } = "";

    /// <summary>The person who signs the messages; reminders signed by a known person are paid sooner.</summary>
    [TextLine(100)]
    public string? Person { get; init; }

    /// <summary>Address for replies.</summary>
    [RequiredSetting]
    [FieldRule(typeof(SettingRules), nameof(SettingRules.OwnAddress))]
    public string Email { get; init; } = "";

    [TextLine(40)]
    public string? Phone { get; init; }

    /// <summary>Shown in the foot of each email, as business letters must name the sender.</summary>
    public AddressOptions? Address { get; init; }

    /// <summary>VAT id or tax number, shown in the foot of each email.</summary>
    [TextLine(40)]
    public string? TaxId { get; init; }

    /// <summary>The bank account for invoices that name none.</summary>
    public BankOptions? Bank { get; init; }

    /// <summary>BCP 47 language for customers without one.</summary>
    [FieldRule(typeof(SettingRules), nameof(SettingRules.ShippedLanguage))]
    public string Language { get; init; } = "en";

    /// <summary>IANA time zone.</summary>
    [FieldRule(typeof(PlaceRules), nameof(PlaceRules.IanaZone))]
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>
    /// Email address that receives follow-ups and escalation copies when the customer's contacts name no account
    /// manager.
    /// </summary>
    [FieldRule(typeof(SettingRules), nameof(SettingRules.OwnAddress))]
    public string? AccountManager { get; init; }

    /// <summary>Hosts that a <c>paymentUrl</c> may point to; empty allows every https host.</summary>
    [FieldRule(typeof(LinkRule), nameof(LinkRule.HostName))]
    public IReadOnlyList<string> PaymentHosts { get; init; } = [];

    /// <summary>Hosts that a <c>documentUrl</c> may point to; empty allows every https host.</summary>
    [FieldRule(typeof(LinkRule), nameof(LinkRule.HostName))]
    public IReadOnlyList<string> DocumentHosts { get; init; } = [];

    [FieldRule(typeof(SettingRules), nameof(SettingRules.PolicyFile))]
    public string? PoliciesFile { get; init; }

    [FieldRule(typeof(SettingRules), nameof(SettingRules.CalendarFile))]
    public string? CalendarFile { get; init; }

    /// <summary>An iCalendar; null for none.</summary>
    [FieldRule(typeof(SettingRules), nameof(SettingRules.HolidaysFile))]
    public string? HolidaysFile { get; init; }

    /// <summary>Signs evidence packs; null for none.</summary>
    public EvidenceOptions? Evidence { get; init; }
}
