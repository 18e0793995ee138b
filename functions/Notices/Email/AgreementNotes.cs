using Dunning.Notices.Letters;
using Dunning.Notices.Localization;

namespace Dunning.Notices.Email;

/// <summary>The sentences about what has changed or been agreed, below the opening.</summary>
internal static class AgreementNotes
{
    public static IEnumerable<Sentence> Create(NoticeContent content, PhraseFormatter formatter)
    {
        foreach (var invoice in content.Listed.Where(invoice => invoice.RaisedAmount is not null))
            yield return formatter.Raised(invoice);
        foreach (var invoice in content.Listed.Where(invoice => invoice.IsPlanBroken))
            yield return formatter.PlanBroken(invoice);
        if (content.OnlyInvoice is { Part: { } part } only)
        {
            if (formatter.Later(only) is { } later)
                yield return later;
            if (part.RestDueAfter is { } lastDay)
                yield return formatter.PlanWarning(lastDay);
        }
        if (content.Plan?.GraceDays is { } days)
            yield return formatter.PlanRule(days);
    }
}
