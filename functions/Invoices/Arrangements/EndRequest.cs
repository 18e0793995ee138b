using Dunning.Http;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Arrangements;

/// <summary>Who ends an agreement, and why.</summary>
internal sealed record EndRequest(string By, string? Reason)
{
    public static EndRequest Read(JsonFields json) =>
        new(json.Required("by", Line(100)), json.Optional("reason", Prose(500)));
}
