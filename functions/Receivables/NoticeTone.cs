namespace Dunning.Receivables;

/// <summary>
/// The tone of a message, from light to firm; the order is used in comparisons. A reminder about several invoices has
/// the tone of its highest step.
/// </summary>
public enum NoticeTone
{
    /// <summary>Before the due date.</summary>
    Upcoming,

    /// <summary>On the due date.</summary>
    DueToday,

    /// <summary>The first days after the due date: assumes an oversight.</summary>
    Friendly,

    /// <summary>Short, offers help and instalments.</summary>
    Helpful,

    /// <summary>Firmer, facts only; with an escalation copy to management in the default policy.</summary>
    Firm,

    /// <summary>Offers to talk about instalments or a later date.</summary>
    Offer,

    /// <summary>The last one before a person decides what follows; names a date to pay by.</summary>
    Final,

    /// <summary>Says what ends if it is not paid, and how to keep it.</summary>
    Termination,

    /// <summary>Announces a report to a credit agency.</summary>
    CreditReport,

    /// <summary>The letter that must, or should, come before collection.</summary>
    PreCollectionNotice,
    ThankYou,

    /// <summary>A task for the account manager, not for the customer.</summary>
    FollowUp,

    /// <summary>Confirms a payment plan.</summary>
    PlanAgreed,

    /// <summary>Announces that the creditor will collect the money.</summary>
    Collection,

    /// <summary>A statement of account: states what is owed and demands nothing.</summary>
    Statement,

    /// <summary>What a person answers to a customer's message.</summary>
    Answer,
}

internal static class NoticeTones
{
    /// <summary>Nobody who may have paid should get it: it is not sent while a feed of payments is silent.</summary>
    public static bool NeedsRecentPayments(this NoticeTone tone) => tone is >= NoticeTone.Final && tone.IsReminder();

    /// <summary>A reminder asks for money.</summary>
    public static bool IsReminder(this NoticeTone tone) => tone <= NoticeTone.PreCollectionNotice;

    /// <summary>It asks for nothing yet: see <see cref="Customer.NoCourtesyMails"/>.</summary>
    public static bool IsCourtesy(this NoticeTone tone) => tone is NoticeTone.Upcoming or NoticeTone.ThankYou;

    /// <summary>A formal letter is about one invoice, and never together with another message.</summary>
    public static bool IsFormal(this NoticeTone tone) =>
        tone is NoticeTone.Termination or NoticeTone.CreditReport or NoticeTone.PreCollectionNotice;

    /// <summary>Any other message needs more words than a text message has.</summary>
    public static bool IsSentBySms(this NoticeTone tone) =>
        tone is NoticeTone.ThankYou or (<= NoticeTone.Final and not NoticeTone.Offer);

    /// <summary>Whether a message of this tone can go by the channel.</summary>
    public static bool CanGoBy(this NoticeTone tone, Channel channel) =>
        channel switch
        {
            Channel.Sms => tone.IsSentBySms(),
            // The law asks for these in writing.
            Channel.Call => tone.IsReminder() && !tone.IsFormal(),
            Channel.Letter => tone.IsReminder(),
            _ => true,
        };

    /// <summary>A person writes an answer; all other messages have phrases.</summary>
    public static bool HasPhrases(this NoticeTone tone) => tone is not NoticeTone.Answer;
}
