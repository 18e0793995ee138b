using Dunning.Payments.Webhooks;

namespace Dunning.Tests.Payments.Webhooks;

/// <summary>Facts and events in one line, for tables.</summary>
internal static class FactText
{
    /// <summary>kind, object, amount | references | related | note.</summary>
    public static string Of(PaymentChange fact)
    {
        var amount = fact.Amount?.ToString() ?? "-";
        var (references, related) = (string.Join(' ', fact.References), string.Join(' ', fact.Related));
        return $"{fact.Kind} {fact.ObjectId} {amount} | {references} | {related} | {fact.Note}"
            .Replace("|  |", "||", StringComparison.Ordinal)
            .Replace("|  |", "||", StringComparison.Ordinal)
            .TrimEnd(' ', '|');
    }

    /// <summary>
    /// The facts of each event; what has to be fetched behind an arrow, a problem behind an exclamation mark.
    /// </summary>
    public static string Of(IEnumerable<PaymentEvent> events) => string.Join(" ; ", events.Select(Of));

    public static string Of(PaymentEvent one) =>
        (
            string.Join(" & ", one.Facts.Select(Of))
            + (one.Fetch is null ? "" : $" → {one.Fetch}")
            + (one.Problem is null ? "" : $"! {one.Problem}")
        ) + (one.Live ? "" : " (test)");
}
