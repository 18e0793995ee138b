using Dunning.Receivables;

namespace Dunning.Invoices;

/// <param name="Until">The first day on which reminders go on; null until somebody resumes the invoice.</param>
/// <param name="Text">What the person or the source wrote; of a hand-over, to whom.</param>
internal sealed record HoldView(HoldReason Reason, DateTimeOffset Since, DateOnly? Until, string? Text)
{
    public static HoldView Create(Hold hold) => new(hold.Reason, hold.Since, hold.Until, hold.Text);
}
