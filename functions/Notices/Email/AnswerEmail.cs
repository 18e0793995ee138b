using System.Net;
using Dunning.Configuration;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>An answer as the person wrote it, with the name of the company below it.</summary>
internal static class AnswerEmail
{
    /// <summary>Of the mail programs in the languages of the messages.</summary>
    private static readonly string[] _answerPrefixes =
    [
        "re:",
        "re :",
        "re\u00A0:",
        "aw:",
        "sv:",
        "vs:",
        "antw:",
        "rv:",
        "bls:",
        "balas:",
        "ha:",
        "השב:",
    ];

    public static EmailText Render(NoticeAnswer answer, CreditorOptions creditor, Language language)
    {
        string?[] signature = [creditor.Person, creditor.Company, creditor.Phone];
        var plain = $"{answer.Text}\n\n{string.Join('\n', signature.Where(line => !string.IsNullOrEmpty(line)))}\n";
        var html =
            $"<!doctype html><html lang=\"{language.Tag}\"><head><meta charset=\"utf-8\"><title></title></head>"
            + $"<body dir=\"auto\"><p>{Html(plain.TrimEnd())}</p></body></html>";
        return new EmailText(SubjectOf(answer, creditor), html, plain, language.Tag);
    }

    private static string Html(string text) =>
        WebUtility
            .HtmlEncode(text)
            .Replace("\n\n", "</p><p>", StringComparison.Ordinal)
            .Replace("\n", "<br>", StringComparison.Ordinal);

    private static string SubjectOf(NoticeAnswer answer, CreditorOptions creditor) =>
        answer.Subject is not { Length: > 0 } subject ? $"Re: {creditor.Company}"
        : _answerPrefixes.Any(prefix => subject.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) ? subject
        : $"Re: {subject}";
}
