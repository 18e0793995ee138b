namespace Dunning.Receivables;

/// <summary>
/// What a message says, from the lightest word to the last; a reminder's kind is that of the highest step it speaks
/// for.
/// </summary>
public enum NoticeTone
{
    /// <summary>Before the due date: a courtesy.</summary>
    Upcoming,

    /// <summary>On the due date.</summary>
    DueToday,

    /// <summary>First days after: assumes oversight.</summary>
    Friendly,

    /// <summary>Short, offers help and instalments.</summary>
    Helpful,

    /// <summary>Firmer, facts only; the one management is copied on.</summary>
    Firm,

    /// <summary>The last one before a person decides what follows; names a date.</summary>
    Final,
    ThankYou,

    /// <summary>For the account manager, not for the customer.</summary>
    FollowUp,
}
