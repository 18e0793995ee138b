using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices;

/// <summary><c>{"to": "Northern Collections", "by": "Maya", "note": "…"}</c></summary>
/// <param name="To">The name of the collector.</param>
internal sealed record HandOverRequest(string To, string By, string? Note)
{
    public const string InvalidTitle = "The hand-over is not valid";

    public static HandOverRequest Read(JsonFields json) =>
        new(json.Required("to", Line(100)), json.Required("by", Line(100)), json.Optional("note", Prose(500)));
}

/// <summary>
/// The claim goes to a collector: no reminder is sent until the invoice is resumed. It stays open, and payments count.
/// Pure.
/// </summary>
internal static class HandOverDecision
{
    public static ChangeDecision Decide(DunningContext context, Versioned<Invoice> invoice, HandOverRequest request)
    {
        var before = invoice.Value;
        var former = before.Dunning.Hold is { Reason: HoldReason.HandedOver } handedOver ? handedOver : null;
        if (before.Closed is null && former?.Text == request.To)
            return ChangeDecision.Unchanged(before) with { Warnings = Warnings(context, before) };
        if (WhyNot(context, before) is { } detail)
            return ChangeDecision.NotPossible(detail);
        // The days of an earlier hold do not count, as when it is resumed.
        var after = before
            .Unpaused(context.Now)
            .WithHold(new(HoldReason.HandedOver, context.Now, Until: null) { Text = request.To });
        var handOver = new InvoiceEvent(context.Now, EventKind.HandedOver)
        {
            By = request.By,
            Text = request.Note is { } note ? $"{request.To}; {note}" : request.To,
        };
        return ChangeDecision.Changed(invoice, Schedule.Recalculate(context, after), handOver) with
        {
            Warnings = Warnings(context, before),
        };
    }

    /// <summary>What stands in the way, and until when; null when the claim can be handed over.</summary>
    public static string? WhyNot(DunningContext context, Invoice invoice) =>
        invoice switch
        {
            { Closed: { } closed } => $"The invoice is {ReasonText.Of(closed.As)}: nothing is owed.",
            { ErasedAt: not null } => "The personal data of the invoice were erased: nobody can be asked to pay.",
            { IsUncertain: true } => "It is not certain whose invoice this is: decide that first.",
            { Dunning.Dispute: { } dispute } =>
                $"The invoice is in dispute since {context.DayOf(dispute.Since):yyyy-MM-dd}, in whole or in part: "
                    + "a disputed claim is not handed over.",
            { Dunning.PreCollectionNotice: { } notice } when context.Today <= notice.Deadline =>
                $"The notice before collection says that it can be paid until {notice.Deadline:yyyy-MM-dd}: hand it "
                    + "over after that day.",
            _ => null,
        };

    private static IReadOnlyList<string> Warnings(DunningContext context, Invoice before)
    {
        List<string> warnings = [];
        if (before.Dunning.PreCollectionNotice is null)
            warnings.Add(
                "No notice before collection was sent. Some laws demand one, and the collector's costs may have to be "
                    + "borne by you without it."
            );
        if (before.BlockAt(context.Now, ignoringHold: true) is { } block)
            warnings.Add($"No message would demand the invoice at present: {ReasonText.Of(block)}.");
        return warnings;
    }
}
