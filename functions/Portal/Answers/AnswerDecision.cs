using Dunning.Customers;
using Dunning.Receivables.Storage;

namespace Dunning.Portal.Answers;

/// <summary>What an answer changes: shown before the customer confirms it, then done in one transaction.</summary>
internal sealed record AnswerDecision : IDecision
{
    public IReadOnlyList<AnswerProblem> Problems { get; private init; } = [];

    /// <summary>What happens, for the customer.</summary>
    public IReadOnlyList<PortalSentence> Effects { get; private init; } = [];

    /// <summary>Null when nothing is to be done: there are problems, or it was done before.</summary>
    public CustomerTransaction? Transaction { get; private init; }

    /// <summary>Only where fields of the customer change.</summary>
    public CustomerUpdate? Update { get; init; }

    public static AnswerDecision Done(CustomerTransaction transaction, params IEnumerable<PortalSentence> effects) =>
        new() { Transaction = transaction, Effects = [.. effects] };

    public static AnswerDecision Refused(params IEnumerable<AnswerProblem> problems) =>
        new() { Problems = [.. problems] };

    public static AnswerDecision Refused(string field, string key) =>
        Refused(new AnswerProblem(field, new PortalSentence(key)));

    /// <summary>It names an invoice that is none of the customer's: no page of ours offers that.</summary>
    public bool NamesForeignRow { get; init; }

    /// <summary>The same answer was given before: the browser sent it twice.</summary>
    public static readonly AnswerDecision Repeated = new();
}
