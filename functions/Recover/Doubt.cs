using Dunning.Book;

namespace Dunning.Recover;

/// <summary>What follows from a person's decision about a notice in doubt, as one move.</summary>
public static class Doubt
{
    /// <param name="notice">In doubt.</param>
    public static Move Resolve(CustomerBook rows, Stored<Notice> notice, Decision decision)
    {
        var move = new Move(rows.Id).Keep(DoubtId.Of(notice.Value).About, decision);
        if (decision.Kind is DecisionKind.SentAgain)
            move.Save(notice, Again(notice.Value, decision.At));
        else
            move.Delete(notice).Save(before: null, new Handover(notice.Value, [.. rows.InvoicesOf(notice.Value).Select(i => i.Invoice)], decision.At));
        foreach (var invoice in rows.InvoicesOf(notice.Value))
            move.Tell(invoice, Event(notice.Value, decision));
        return move;
    }

    /// <summary>Back to where it was planned: the sender looks at the book once more, and providers take it for a message of its own.</summary>
    private static Notice Again(Notice notice, DateTimeOffset now) => notice with
    {
        State = NoticeState.Planned,
        Claim = null,
        ClaimedAt = null,
        Doubt = null,
        Asked = false,
        Named = [],
        NotBefore = now,
        Delays = 0,
        Again = notice.Again + 1,
    };

    private static InvoiceEvent Event(Notice notice, Decision decision)
    {
        var channel = notice.Channel.ToString().ToLowerInvariant();
        var (kind, what) = decision.Kind switch
        {
            DecisionKind.Sent => (EventKind.Sent, $"Confirmed as sent by {channel},"),
            DecisionKind.SentAgain => (EventKind.Decided, $"May have been sent by {channel}; to be sent again,"),
            DecisionKind.Dropped => (EventKind.NotSent, $"May have been sent by {channel}; left at that,"),
            _ => throw new InvalidOperationException($"{decision.Kind} decides no doubt."),
        };
        return new(decision.At, kind, $"{what} decided{decision}", Details(notice, decision));
    }

    public static Dictionary<string, string> Details(Notice notice, Decision decision)
    {
        var details = new Dictionary<string, string>
        {
            ["notice"] = notice.Id,
            ["channel"] = notice.Channel.ToString().ToLowerInvariant(),
            ["decision"] = decision.Kind.ToString(),
        };
        if (decision.By is { } by)
            details["by"] = by;
        if (decision.Note is { } note)
            details["note"] = note;
        return details;
    }
}
