using Dunning.Payments.Webhooks;

namespace Dunning.Tests.Payments.Webhooks;

/// <summary>Payment changes and events as one line of text, for tables of expectations.</summary>
internal static class ChangeText
{
    /// <summary>kind, object, amount | references | related | note.</summary>
    public static string Format(PaymentChange change)
    {
        var amount = change.Amount?.ToString() ?? "-";
        var (references, related) = (string.Join(' ', change.References), string.Join(' ', change.Related));
        return $"{change.Kind} {change.ObjectId} {amount} | {references} | {related} | {change.Note}"
            .Replace("|  |", "||", StringComparison.Ordinal)
            .Replace("|  |", "||", StringComparison.Ordinal)
            .TrimEnd(' ', '|');
    }

    /// <summary>The changes of each event; "→" precedes what must be fetched, "!" a problem.</summary>
    public static string Format(IEnumerable<PaymentEvent> events) => string.Join(" ; ", events.Select(Format));

    public static string Format(PaymentEvent paymentEvent) =>
        (
            string.Join(" & ", paymentEvent.Changes.Select(Format))
            + (paymentEvent.Fetch is null ? "" : $" → {paymentEvent.Fetch}")
            + (paymentEvent.Problem is null ? "" : $"! {paymentEvent.Problem}")
        ) + (paymentEvent.Live ? "" : " (test)");
}
