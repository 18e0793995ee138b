using System.ComponentModel.DataAnnotations;
using Dunning.Http.Validation;

namespace Dunning.Configuration;

/// <summary>Twilio, from the settings <c>Sms__*</c>.</summary>
public sealed class SmsOptions : IValidatableObject
{
    /// <summary>Without it no SMS are sent.</summary>
    [RegularExpression(
        "AC[0-9a-f]{32}",
        ErrorMessage = "write the account SID of Twilio: AC and 32 digits or letters a to f"
    )]
    public string? AccountSid { get; init; }

    [RequiredSetting(nameof(IsEnabled))]
    [RegularExpression(
        "(SK|AC)[0-9a-f]{32}",
        ErrorMessage = "write the SID of an API key: SK and 32 digits or letters a to f"
    )]
    public string? ApiKey { get; init; }

    [RequiredSetting(nameof(IsEnabled))]
    [OpaqueText(200)]
    public string? ApiSecret { get; init; }

    /// <summary>A number, a name, a short code or a messaging service.</summary>
    [RequiredSetting(nameof(IsEnabled))]
    [RegularExpression(SmsSenderOptions.Pattern, ErrorMessage = SmsSenderOptions.Fix)]
    public string? From { get; init; }

    /// <summary>Other senders for the customers of some countries: see <see cref="SmsSenderOptions"/>.</summary>
    [FieldRule(typeof(SettingRules), nameof(SettingRules.SmsSenders))]
    public string? Senders { get; init; }

    /// <summary>What a segment costs in each country, to be told beforehand: see <see cref="SmsPrice"/>.</summary>
    [FieldRule(typeof(SettingRules), nameof(SettingRules.SmsPrices))]
    public string? Prices { get; init; }

    /// <summary>Signs Twilio's webhooks.</summary>
    [OpaqueText(200)]
    public string? AuthToken { get; init; }

    /// <summary>The second token during a rotation.</summary>
    [OpaqueText(200)]
    public string? AuthTokenNext { get; init; }

    /// <summary>Public base URL of the Twilio routes, as configured at Twilio.</summary>
    [FieldRule(typeof(LinkRule), nameof(LinkRule.BaseAddress))]
    public string? WebhookAddress { get; init; }

    /// <summary>Replaces the address of Twilio's API, for a stand-in.</summary>
    [FieldRule(typeof(LinkRule), nameof(LinkRule.BaseAddress))]
    public string? BaseAddress { get; init; }

    /// <summary>The provider's rate limit over all instances, in segments; null for no limit.</summary>
    [WholeNumber(1, 100_000)]
    public int? PerMinute { get; init; }

    [WholeNumber(1, 10_000_000)]
    public int? PerHour { get; init; }

    public bool IsEnabled => !string.IsNullOrEmpty(AccountSid);

    /// <param name="country">With or without a subdivision; null where it is not known.</param>
    public SmsSenderOptions SenderFor(string? country) =>
        SendersByCountry.FirstOrDefault(sender => country?.StartsWith(sender.Country, StringComparison.Ordinal) is true)
        ?? new SmsSenderOptions("", From, Registered: false);

    /// <param name="country">With or without a subdivision; null where it is not known.</param>
    /// <returns>Null where the settings do not say it.</returns>
    public SmsPrice? PriceIn(string? country) =>
        PricesByCountry.FirstOrDefault(price => country?.StartsWith(price.Country, StringComparison.Ordinal) is true);

    private IReadOnlyList<SmsPrice> PricesByCountry => field ??= SmsPrice.Parse(Prices);

    private IReadOnlyList<SmsSenderOptions> SendersByCountry => field ??= SmsSenderOptions.Parse(Senders);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SmsSenderOptions.IsGeneric(From))
            yield return new ValidationResult(SmsSenderOptions.GenericFix, [nameof(From)]);
    }
}
