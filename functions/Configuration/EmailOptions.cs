using System.ComponentModel.DataAnnotations;
using Dunning.Http.Validation;
using Dunning.Notices.Email;

namespace Dunning.Configuration;

/// <summary>How emails are sent, from the settings <c>Email__*</c>.</summary>
public sealed class EmailOptions : IValidatableObject
{
    [RequiredSetting]
    public EmailProvider? Provider { get; init; }

    /// <summary>The sending address.</summary>
    [RequiredSetting]
    [FieldRule(typeof(SettingRules), nameof(SettingRules.OwnAddress))]
    public string From { get; init; } = "";

    /// <summary>Azure Communication Services with a key.</summary>
    [RegularExpression(
        "(?i)endpoint=https?://[^;]+;accesskey=[A-Za-z0-9+/]+=*;?",
        ErrorMessage = "copy the connection string from the Azure portal: endpoint=https://…;accesskey=…"
    )]
    public string? ConnectionString { get; init; }

    /// <summary>Azure Communication Services by managed identity.</summary>
    [RequiredSetting(nameof(IsKeylessAcs))]
    [FieldRule(typeof(LinkRule), nameof(LinkRule.WebAddress))]
    public string? Endpoint { get; init; }

    [RequiredSetting(nameof(IsSmtp))]
    [TextLine(253)]
    public string? Host { get; init; }

    [WholeNumber(1, 65_535)]
    public int Port { get; init; } = 587;

    public MailTls Tls { get; init; } = MailTls.StartTls;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The provider's rate limit over all instances; null for no limit.</summary>
    [WholeNumber(1, 100_000)]
    public int? PerMinute { get; init; }

    [WholeNumber(1, 10_000_000)]
    public int? PerHour { get; init; }

    public bool IsSmtp => Provider is EmailProvider.Smtp;

    public bool IsKeylessAcs => Provider is EmailProvider.Acs && string.IsNullOrEmpty(ConnectionString);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
            yield return new ValidationResult("set both Email__User and Email__Password, or neither", [nameof(User)]);
    }
}
