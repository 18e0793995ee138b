using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>A message exactly as it is given to its provider.</summary>
public sealed record MessageContent : StoredRecord
{
    /// <summary>Of an SMS, a number, a name or a messaging service.</summary>
    public required string From { get; init; }

    /// <summary>Addresses, with names where there are any, or the phone number.</summary>
    public required IReadOnlyList<string> To { get; init; }
    public IReadOnlyList<string> Cc { get; init; } = [];
    public string? ReplyTo { get; init; }
    public string? Subject { get; init; }
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
    public string? Html { get; init; }

    /// <summary>Attachments, and the pictures that the HTML shows; null for none.</summary>
    public IReadOnlyList<MessageFile>? Files { get; init; }
    public required string Text { get; init; }

    /// <summary>The HTML for a page, with its pictures; null without HTML.</summary>
    public string? ShownHtml() =>
        Html is null ? null : (Files ?? []).Aggregate(Html, (html, file) => file.PutInto(html));
}
