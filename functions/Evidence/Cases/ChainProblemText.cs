using System.Globalization;
using Dunning.Receivables.Storage;

namespace Dunning.Evidence.Cases;

internal static class ChainProblemText
{
    public static string Of(ChainProblem problem) =>
        problem.Code switch
        {
            ChainProblemCode.Changed => $"{Event(problem)} was changed or cannot be read.",
            ChainProblemCode.LinkBroken => $"{Event(problem)} does not follow the event before it.",
            ChainProblemCode.Added => $"{Event(problem)} was added.",
            ChainProblemCode.Removed when problem.Count == 1 => string.Create(
                CultureInfo.InvariantCulture,
                $"Event {problem.Number} was removed."
            ),
            ChainProblemCode.Removed => string.Create(
                CultureInfo.InvariantCulture,
                $"{problem.Count} events from number {problem.Number} on were removed."
            ),
            ChainProblemCode.HeadMissing => "There are events, and the last link of their chain is missing.",
            ChainProblemCode.HeadDiffers => string.Create(
                CultureInfo.InvariantCulture,
                $"Event {problem.Number} is not the one that the last link of the chain names."
            ),
            _ => problem.Code.ToString(),
        };

    private static string Event(ChainProblem problem) =>
        problem.Number is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"Event {number} ({problem.Key})")
            : $"The event {problem.Key}";
}
