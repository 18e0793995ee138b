using Dunning.Payments.Webhooks;

namespace Dunning.Tests.Payments.Webhooks;

/// <summary>Facts and events in one line, for tables.</summary>
internal static class FactText
{
    /// <summary>kind, object, amount | references | related | note.</summary>
    public static string Format(PaymentChange fact)
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
    public static string Format(IEnumerable<PaymentEvent> events) => string.Join(" ; ", events.Select(Format));

    public static string Format(PaymentEvent one) =>
        (
            string.Join(" & ", one.Facts.Select(Format))
            + (one.Fetch is null ? "" : $" → {one.Fetch}")
            + (one.Problem is null ? "" : $"! {one.Problem}")
        ) + (one.Live ? "" : " (test)");
}
