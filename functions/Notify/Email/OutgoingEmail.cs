namespace Dunning.Notify.Email;

/// <summary>A mail ready to go.</summary>
public sealed record OutgoingEmail
{
    /// <summary>The same for every attempt to send this notice: what a provider's duplicate guard goes by.</summary>
    public required Guid OperationId { get; init; }
    public required MailParty From { get; init; }
    public required IReadOnlyList<MailParty> To { get; init; }
    public IReadOnlyList<MailParty> Cc { get; init; } = [];

    /// <summary>The person who answers; replies go to the sender's address when null.</summary>
    public MailParty? ReplyTo { get; init; }
    public required EmailText Text { get; init; }

    /// <summary>See <see cref="MailThread.Headers"/>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

public sealed record MailParty(string Address, string? Name = null);
