using System.Globalization;
using Dunning.Receivables;

namespace Dunning.Forecast;

/// <summary>The reason for silence in words, as a part of a sentence.</summary>
internal static class NoMessageText
{
    public static string Of(NoMessage none) =>
        none switch
        {
            { Reason: NoMessageReason.Later, On: { } on } => $"step '{none.Step}' is next, on {Day(on)}",
            { Reason: NoMessageReason.LastStepTaken } => "all steps have been taken",
            { Reason: NoMessageReason.SendingStopped } => "all sending is stopped",
            { Reason: NoMessageReason.OptedOut } => "the customer has opted out of SMS, and there is no other way",
            { Hold: { } hold, On: { } on } =>
                $"{ReasonText.Of(DunningBlock.OnHold)} until {Day(on)}: {ReasonText.Of(hold)}",
            { Hold: { } hold } => $"{ReasonText.Of(DunningBlock.OnHold)}: {ReasonText.Of(hold)}",
            { Reason: NoMessageReason.Promised, On: { } on } => $"{ReasonText.Of(none.Block!.Value)} by {Day(on)}",
            { Block: { } block } => ReasonText.Of(block),
            _ => throw new ArgumentOutOfRangeException(nameof(none), none, "The reason has no words: add them here."),
        };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
