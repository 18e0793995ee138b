using Dunning.Notices.Letters;
using Dunning.Notices.Localization;

namespace Dunning.Notices.Email;

/// <summary>Puts the note of a copy above the page that it quotes.</summary>
internal static class ComposeCopy
{
    /// <param name="quoted">The page as the customer got it.</param>
    /// <param name="content">The content of that page.</param>
    /// <param name="language">Of the note.</param>
    public static EmailPage Compose(EmailPage quoted, NoticeContent content, CopyNote note, Language language)
    {
        var formatter = new PhraseFormatter(content, language);
        var common = language.Common;
        var isForManagement = note.ReaderIs is CopyReader.Management;
        var why = formatter.Format(isForManagement ? common.CopyToManagement : common.CopyToManager);
        return quoted with
        {
            Subject = formatter.Format(common.CopySubject, "subject", new TextSpan(quoted.Subject)).ToPlain(),
            Preheader = why,
            Copy = new PageCopy(
                PageLanguage.From(language),
                formatter.Format(common.Greeting, "name", TextSpan.FirstStrong(note.Reader)),
                why,
                formatter.Format(isForManagement ? common.CopyManagementRequest : common.CopyManagerRequest),
                note.ManagerIsCopied ? formatter.Format(common.CopyManagerCopied) : null,
                formatter.Format(
                    common.CopyHeading,
                    "date",
                    TextSpan.FirstStrong(language.LongDate.Format(note.SentOn))
                ),
                note.Sms is { } sms ? formatter.FromSpan(TextSpan.FirstStrong(sms)) : null,
                [.. note.History.Select(h => ComposePage.History(h, formatter))]
            ),
        };
    }
}
