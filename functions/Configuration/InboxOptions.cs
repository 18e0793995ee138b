using System.ComponentModel.DataAnnotations;
using Dunning.Http.Validation;
using Dunning.Notices.Email;
using Dunning.Replies.Mail;

namespace Dunning.Configuration;

/// <summary>How the customers' replies by email come in, from the settings <c>Inbox__*</c>.</summary>
public sealed class InboxOptions : IValidatableObject
{
    /// <summary>An IMAP server; without it no inbox is read.</summary>
    [TextLine(253)]
    public string? Host { get; init; }

    [WholeNumber(1, 65_535)]
    public int Port { get; init; } = 993;

    public MailTls Tls { get; init; } = MailTls.Implicit;

    [RequiredSetting(nameof(IsRead))]
    [TextLine(253)]
    public string? User { get; init; }

    [RequiredSetting(nameof(IsRead))]
    [OpaqueText(500)]
    public string? Password { get; init; }

    [TextLine(200)]
    public string Folder { get; init; } = "INBOX";

    public AfterReading AfterReading { get; init; }

    /// <summary>The folder that messages are moved to.</summary>
    [TextLine(200)]
    public string? MoveTo { get; init; }

    /// <summary>
    /// The secret part of the address to which a provider posts received emails; without it, none may.
    /// </summary>
    [MinLength(16, ErrorMessage = "it is too short; write at least {1} random characters")]
    public string? EndpointKey { get; init; }

    /// <summary>Mailgun's HTTP webhook signing key; without it, the endpoint key alone tells who may post.</summary>
    [OpaqueText(200)]
    public string? MailgunSigningKey { get; init; }

    public bool IsRead => !string.IsNullOrEmpty(Host);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AfterReading is AfterReading.Move && string.IsNullOrEmpty(MoveTo))
            yield return new ValidationResult(
                "set Inbox__MoveTo to the folder that messages are moved to",
                [nameof(MoveTo)]
            );
    }
}
