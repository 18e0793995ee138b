using Dunning.Notices.Localization;

namespace Dunning.Notices.Letters;

/// <summary>What stands above a quoted message: who gets the copy, why, and what the reader is asked to do.</summary>
/// <param name="Reader">The name of the person that the note greets.</param>
/// <param name="Language">Of the note; the quoted message keeps the customer's.</param>
/// <param name="SentOn">The date of the quoted message, in the customer's time zone.</param>
internal sealed record CopyNote(CopyReader ReaderIs, string Reader, Language Language, DateOnly SentOn)
{
    public string Reader { get; } = UntrustedText.Clean(Reader);

    /// <summary>False for a reader of whom no name is known: the firm's is greeted.</summary>
    public bool ReaderIsPerson { get; init; } = true;

    /// <summary>The account manager gets the same copy; only with a note to the management.</summary>
    public bool ManagerIsCopied { get; init; }

    /// <summary>The text of the quoted SMS; null when the customer was written to by email.</summary>
    public string? Sms
    {
        get;
        init => field = UntrustedText.CleanOrNull(value);
    }

    /// <summary>The earlier messages, oldest first.</summary>
    public IReadOnlyList<LetterHistory> History { get; init; } = [];
}

public enum CopyReader
{
    /// <summary>The customer's management is asked to help.</summary>
    Management,

    /// <summary>The creditor's account manager is informed.</summary>
    AccountManager,
}
