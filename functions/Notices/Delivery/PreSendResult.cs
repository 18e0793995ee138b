using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>The result of the pre-send check: send (some invoices are left), wait, or do not send.</summary>
/// <param name="Invoices">
/// What the message asks or thanks for; claiming them by their versions is what keeps a payment from crossing.
/// </param>
/// <param name="Disputed">Shown as in dispute, not asked for.</param>
/// <param name="Dropped">What the notice was planned for and must not ask for any more, each with the reason.</param>
/// <param name="Until">Not now: the customer's window opens then.</param>
public sealed record PreSendResult(
    NoticeTone Tone,
    IReadOnlyList<Versioned<Invoice>> Invoices,
    IReadOnlyList<Versioned<Invoice>> Disputed,
    IReadOnlyList<ExcludedInvoice> Dropped,
    DateTimeOffset? Until = null
)
{
    public static PreSendResult Suppress(Notice notice, string reason) =>
        new(notice.Tone, [], [], [.. notice.Lines.Select(l => new ExcludedInvoice(l.InvoiceId, reason))]);

    public static PreSendResult Wait(Notice notice, DateTimeOffset until) => new(notice.Tone, [], [], [], until);
}
