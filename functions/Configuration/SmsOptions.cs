using System.ComponentModel.DataAnnotations;
using Dunning.Http.Validation;

namespace Dunning.Configuration;

/// <summary>Twilio, from the settings <c>Sms__*</c>.</summary>
public sealed class SmsOptions
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
    [RegularExpression(
        @"\+[1-9][0-9]{6,14}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}|[1-9][0-9]{2,7}",
        ErrorMessage = "write a number such as +447700900900, a name of up to 11 letters and digits, or a messaging "
            + "service (MG…)"
    )]
    public string? From { get; init; }

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
}
