using Dunning.Notices.Letters;
using Dunning.Notices.Localization;

namespace Dunning.Notices.Email;

/// <summary>The note of a copy, in its reader's language; the rest of the page is quoted below it.</summary>
/// <param name="Heading">Names whose message of which day is quoted.</param>
/// <param name="Sms">The quoted text in place of the page; null when an email is quoted.</param>
internal sealed record PageCopy(
    Language Language,
    Sentence Greeting,
    Sentence Why,
    Sentence Request,
    Sentence? Copied,
    Sentence Heading,
    Sentence? Sms,
    PageHistory? History
)
{
    /// <param name="formatter">Of the quoted content, in the reader's language.</param>
    public static PageCopy Create(CopyNote note, PhraseFormatter formatter)
    {
        var common = note.Language.Common;
        var isForManagement = note.ReaderIs is CopyReader.Management;
        return new PageCopy(
            note.Language,
            formatter.Greet(note.Reader, note.ReaderIsPerson),
            formatter.Format(isForManagement ? common.CopyToManagement : common.CopyToManager),
            formatter.Format(isForManagement ? common.CopyManagementRequest : common.CopyManagerRequest),
            note.ManagerIsCopied ? formatter.Format(common.CopyManagerCopied) : null,
            formatter.Format(
                common.CopyHeading,
                "date",
                TextSpan.FirstStrong(note.Language.LongDate.Format(note.SentOn))
            ),
            formatter.FirstStrong(note.Sms),
            PageHistory.Create(note.History, formatter)
        );
    }
}
