using Dunning.Receivables;

namespace Dunning.Forecast;

/// <summary>
/// What a change does to the messages of a customer, invoice by invoice: the same invoice, step and channel at another
/// time is moved; at the same time with another amount or tone it is changed.
/// </summary>
public sealed record ForecastChange(
    IReadOnlyList<ForecastLine> Added,
    IReadOnlyList<ForecastLine> Dropped,
    IReadOnlyList<ForecastMove> Moved,
    IReadOnlyList<ForecastMove> Changed
)
{
    public bool IsNone => Added.Count + Dropped.Count + Moved.Count + Changed.Count == 0;

    /// <summary>The first message that is added, or sent at another time or in other words; null for none.</summary>
    public ForecastMessage? FirstMessage =>
        Added.Concat(Moved.Concat(Changed).Select(move => move.After)).MinBy(line => line.Message.At)?.Message;

    /// <param name="before">The forecast of the rows as they are.</param>
    /// <param name="after">That of the rows after the change: see <see cref="ForecastFacts.After"/>.</param>
    public static ForecastChange Compare(CustomerForecast before, CustomerForecast after)
    {
        var (linesBefore, linesAfter) = (Lines(before), Lines(after));
        List<ForecastLine> added = [];
        List<ForecastLine> dropped = [];
        List<ForecastMove> pairs = [];
        foreach (var key in linesBefore.Concat(linesAfter).Select(line => line.Key).Distinct())
        {
            var former = linesBefore.Where(line => line.Key == key).ToList();
            var later = linesAfter.Where(line => line.Key == key).ToList();
            foreach (var same in former.ToList())
            {
                if (later.Find(line => line.Message.At == same.Message.At) is not { } kept)
                    continue;
                pairs.Add(new(same, kept));
                former.Remove(same);
                later.Remove(kept);
            }
            pairs.AddRange(former.Zip(later, (one, other) => new ForecastMove(one, other)));
            dropped.AddRange(former.Skip(later.Count));
            added.AddRange(later.Skip(former.Count));
        }
        return new ForecastChange(
            [.. added.OrderBy(line => line.Message.At)],
            [.. dropped.OrderBy(line => line.Message.At)],
            [.. pairs.Where(pair => pair.Before.Message.At != pair.After.Message.At).OrderBy(p => p.After.Message.At)],
            [.. pairs.Where(pair => pair.IsOtherContent).OrderBy(pair => pair.After.Message.At)]
        );
    }

    private static List<ForecastLine> Lines(CustomerForecast forecast) =>
        [.. from message in forecast.Messages from item in message.Items select new ForecastLine(message, item)];
}

/// <summary>One invoice of a message.</summary>
public sealed record ForecastLine(ForecastMessage Message, ForecastItem Item)
{
    /// <summary>What makes it the same in two forecasts. Without a step, the tone says what it is.</summary>
    internal (InvoiceId, StepId?, Channel, NoticeTone?) Key =>
        (Item.Invoice, Item.Step, Message.Channel, Item.Step is null && !IsReminder ? Message.Tone : null);

    /// <summary>The number of the invoice.</summary>
    public string Number =>
        Message.Request.Check.Invoices.First(invoice => invoice.Value.Id == Item.Invoice).Value.Document.Number;

    private bool IsReminder => Message.Request.Notice.IsReminder;
}

public sealed record ForecastMove(ForecastLine Before, ForecastLine After)
{
    internal bool IsOtherContent =>
        Before.Message.At == After.Message.At
        && (Before.Item.Demanded, Before.Message.Tone) != (After.Item.Demanded, After.Message.Tone);
}
