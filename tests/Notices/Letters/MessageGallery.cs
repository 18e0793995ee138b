using System.Globalization;
using System.Net;
using System.Text;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Notices.Sms;
using Dunning.Receivables;
using Xunit.Abstractions;

namespace Dunning.Tests.Notices.Letters;

/// <summary>
/// One page per language with every message, to look at: <c>messages/de.html</c> beside the tests' program, and
/// <c>messages/sms.md</c> with the segments of each text message.
/// </summary>
public sealed class MessageGallery(ITestOutputHelper output)
{
    private static readonly string _folder = Directory
        .CreateDirectory(Path.Combine(AppContext.BaseDirectory, "messages"))
        .FullName;

    private static readonly IReadOnlyList<Language> _languages =
    [
        .. Language.Shipped.OrderBy(language => language.Tag, StringComparer.Ordinal),
    ];

    [Fact]
    public async Task Each_language_has_a_page_of_its_messages()
    {
        foreach (var language in _languages)
        {
            var page = Page(language);
            await File.WriteAllTextAsync(Path.Combine(_folder, $"{language.Tag}.html"), page);
            Assert.Contains($"lang=&quot;{language.Tag}&quot;", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_segments_of_each_text_message_are_counted()
    {
        var tones = Enum.GetValues<NoticeTone>().Where(tone => tone.IsSentBySms()).ToList();
        List<string> table =
        [
            $"| language | {string.Join(" | ", tones.Select(tone => $"{tone}, one | several"))} |",
            $"|---|{string.Concat(tones.Select(_ => "--:|--:|"))}",
        ];
        foreach (var language in _languages)
        {
            var segments = tones.SelectMany(tone => Contents(tone, language)).Select(Sms).ToList();
            Assert.All(segments, sms => Assert.InRange(sms.Segments, 1, 2));
            table.Add($"| {language.Tag} | {string.Join(" | ", segments.Select(Cell))} |");
        }
        await File.WriteAllLinesAsync(Path.Combine(_folder, "sms.md"), table);
        output.WriteLine(string.Join('\n', table));
    }

    private static string Cell(SmsText sms) =>
        string.Create(CultureInfo.InvariantCulture, $"{sms.Segments}{(sms.IsGsm7 ? "" : " (UCS-2)")}");

    private static string Page(Language language)
    {
        var page = new StringBuilder(
            $"<!doctype html><html lang=\"{language.Tag}\"><meta charset=\"utf-8\"><title>{language.Tag}</title>"
                + "<style>body{font-family:sans-serif;display:flex;flex-wrap:wrap;gap:16px}"
                + "figure{margin:0;width:480px}iframe{width:480px;height:1500px;border:1px solid #999}"
                + "pre{white-space:pre-wrap;border:1px solid #999;padding:8px}</style>"
        );
        foreach (var tone in Enum.GetValues<NoticeTone>().Where(tone => tone.HasPhrases()))
        {
            if (tone is NoticeTone.Statement)
                continue;
            foreach (var content in Contents(tone, language))
            {
                var mail = EmailText.Render(EmailPage.Create(content));
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"<figure><figcaption dir=\"{language.Direction}\">{tone}: <b>{Html(mail.Subject)}</b></figcaption>"
                );
                page.Append(CultureInfo.InvariantCulture, $"<iframe srcdoc=\"{Html(mail.Html)}\"></iframe>");
                if (tone.IsSentBySms())
                    page.Append(
                        CultureInfo.InvariantCulture,
                        $"<pre dir=\"{language.Direction}\">{Html(Sms(content).Body)}</pre>"
                    );
                page.Append("</figure>");
            }
        }
        return page.ToString();
    }

    private static NoticeContent[] Contents(NoticeTone tone, Language language) =>
        [
            LetterSamples.Letter(tone) with
            {
                Language = language,
            },
            LetterSamples.Several(tone) with
            {
                Language = language,
            },
        ];

    private static SmsText Sms(NoticeContent content) => SmsText.Render(content, linksAllowed: true);

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
