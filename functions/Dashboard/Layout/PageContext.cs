using Dunning.Dashboard.Access;
using Dunning.Html;
using Dunning.Receivables;

namespace Dunning.Dashboard.Layout;

/// <summary>What every page needs besides its own content.</summary>
/// <param name="Session">Null on the page on which a person signs in.</param>
/// <param name="FormToken">Carried by every form of the session; null without a session.</param>
/// <param name="Path">Of the page, with its query: where a form of the frame leads back to.</param>
/// <param name="Today">In the creditor's zone.</param>
/// <param name="Stop">The stop of all sending that is in force; null while messages are sent.</param>
public sealed record PageContext(
    PageWords Words,
    Session? Session,
    string? FormToken,
    string Path,
    DateOnly Today,
    SendingChange? Stop
)
{
    /// <summary>A source of payments that is silent for longer than usual; null for none.</summary>
    public PaymentFeed? SilentFeed { get; init; }

    public bool IsOwner => Session is { IsOwner: true };

    /// <summary>The languages to choose from.</summary>
    public IReadOnlyList<(string Tag, string Name)> Languages { get; init; } = [];
}
