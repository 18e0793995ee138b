using System.Globalization;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.FollowUps;

/// <summary>What the row key of a follow-up says; see <see cref="Keys.FollowUp(OpenFollowUp, InvoiceId)"/>.</summary>
/// <param name="Text">The key; for what lies in another table, one that sorts like it.</param>
internal sealed record FollowUpKey(
    string Text,
    FollowUpKind Kind,
    DateTimeOffset Due,
    CustomerId Customer,
    string Target
)
{
    /// <summary>A list that many invoices share shows the customer once.</summary>
    public (FollowUpKind, CustomerId, string) Subject => (Kind, Customer, Kind is FollowUpKind.NoContact ? "" : Text);

    /// <summary>For <c>POST /api/manage/follow-ups/{id}/done</c>.</summary>
    public string Id => $"{Customer}.{Target.Replace('_', '.')}";

    /// <returns>Null for a key of a later release.</returns>
    public static FollowUpKey? Parse(string text)
    {
        var parts = text.Split('_', 4);
        return
            parts is [_, { Length: 14 } order, var customer, var target]
            && int.TryParse(order[..4], CultureInfo.InvariantCulture, out var kind)
            && Enum.IsDefined((FollowUpKind)kind)
            && DateTimeOffset.TryParseExact(
                order[4..],
                "yyyyMMddHH",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var due
            )
            ? new FollowUpKey(text, (FollowUpKind)kind, due, new CustomerId(customer), target)
            : null;
    }

    /// <summary>Of something that lies outside of the receivables table.</summary>
    public static FollowUpKey Of(FollowUpKind kind, DateTimeOffset since, string id) =>
        Parse(Keys.FollowUp(kind, since, new CustomerId("other"), Keys.Escape(id)))!;
}
