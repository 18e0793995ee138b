using System.Text.Json;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Dashboard.Layout;

/// <summary>The next message about an invoice, or why none goes out.</summary>
/// <param name="On">In the customer's zone: of the message, or of the end of the silence; null when it is open.</param>
/// <param name="Tone">Of the message; null when none is planned.</param>
/// <param name="Reason">A code, in camel case; <c>none</c> when a message is planned.</param>
public sealed record Outlook(DateOnly? On, NoticeTone? Tone, string Reason)
{
    internal const string NoReason = "none";
    private const string NoStepLeft = "noStepLeft";

    /// <summary>All reasons why no message goes out about an open invoice.</summary>
    internal static readonly IReadOnlyList<string> Reasons =
    [
        .. new[]
        {
            DunningBlock.OnHold,
            DunningBlock.Disputed,
            DunningBlock.Promised,
            DunningBlock.Collected,
            DunningBlock.MilestoneNotReached,
            DunningBlock.PaymentPending,
            DunningBlock.PaymentReported,
            DunningBlock.NothingOwed,
            DunningBlock.BeingMoved,
            DunningBlock.Erased,
            DunningBlock.NoAddress,
        }.Select(CodeOf),
        .. Enum.GetValues<HoldReason>().Where(reason => reason is not HoldReason.Requested).Select(CodeOf),
        NoStepLeft,
    ];

    internal static Outlook Create(DunningContext context, Invoice invoice)
    {
        var on = invoice.Dunning.Next is { } next ? (context with { Now = next.At }).Today : (DateOnly?)null;
        var step = context.PolicyOf(invoice).Find(invoice.Dunning.Next?.Step);
        return invoice.BlockAt(context.Now) switch
        {
            DunningBlock.OnHold when invoice.Dunning.Hold is { } hold => new(
                hold.Until,
                null,
                hold.Reason is HoldReason.Requested ? CodeOf(DunningBlock.OnHold) : CodeOf(hold.Reason)
            ),
            DunningBlock.Promised => new(invoice.Agreements.Promise!.On, null, CodeOf(DunningBlock.Promised)),
            { } block => new(null, null, CodeOf(block)),
            null when !ContactChannels.CanRemind(context.Customer, context.Rules) => new(
                null,
                null,
                CodeOf(DunningBlock.NoAddress)
            ),
            null when step is null => new(on, null, NoStepLeft),
            null => new(on, step.Tone, NoReason),
        };
    }

    private static string CodeOf<T>(T code)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(code.ToString());
}
