using System.Text.Json.Serialization;

namespace Dunning.Local.MailViewer;

/// <summary>A message that a provider stand-in accepted.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "channel")]
[JsonDerivedType(typeof(SentEmail), "email")]
[JsonDerivedType(typeof(SentSms), "sms")]
public abstract record SentItem
{
    /// <summary>The provider's id: ACS operation id or Twilio message sid.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset SentAt { get; init; }
}

public sealed record SentEmail : SentItem
{
    public required string From { get; init; }
    public required IReadOnlyList<string> To { get; init; }
    public IReadOnlyList<string> Cc { get; init; } = [];
    public IReadOnlyList<string> Bcc { get; init; } = [];
    public IReadOnlyList<string> ReplyTo { get; init; } = [];
    public required string Subject { get; init; }
    public string? Html { get; init; }
    public string? Plain { get; init; }
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<SentAttachment> Attachments { get; init; } = [];
}

/// <summary>As in the request; the names are those of the protocol.</summary>
/// <param name="ContentId">Of a picture that the HTML shows.</param>
public sealed record SentAttachment(string Name, string ContentType, string ContentInBase64, string? ContentId = null);

public sealed record SentSms : SentItem
{
    [JsonIgnore]
    public string Sid => Id;
    public required string Account { get; init; }

    /// <summary>E.164.</summary>
    public required string To { get; init; }

    /// <summary>A number, an alphanumeric sender, or the sid of a messaging service.</summary>
    public required string From { get; init; }
    public required string Body { get; init; }
    public required int SegmentCount { get; init; }
    public required bool IsGsm7 { get; init; }

    /// <summary>Where Twilio reports the delivery status.</summary>
    public Uri? StatusCallback { get; init; }
}
