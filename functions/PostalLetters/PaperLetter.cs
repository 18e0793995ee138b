using System.Globalization;
using System.Text;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using HandlebarsDotNet;

namespace Dunning.PostalLetters;

/// <summary>
/// A letter as it is printed, and the document that prints several, each from a first page of its own.
/// </summary>
internal static class PaperLetter
{
    private static readonly Lazy<HandlebarsTemplate<object, object>> _template = new(() =>
        EmailText.CompileHtml("PostalLetters/letter.html.hbs")
    );

    private static readonly Lazy<string> _style = new(() => EmbeddedText.Read("PostalLetters/letter.css"));

    /// <summary>One letter, without the document around it.</summary>
    public static string Render(
        EmailPage page,
        NoticeContent content,
        IReadOnlyList<string> recipient,
        EnvelopeWindow window
    )
    {
        var formatter = new PhraseFormatter(content);
        var lines = (content.From.Address?.LinesWithin() ?? []).Select(UntrustedText.Clean).ToList();
        return _template.Value(
            new
            {
                Page = page,
                page.Language,
                IsLong = recipient.Count > (int)(window.Height / 4.1m),
                Recipient = recipient.Select(line => formatter.FirstStrong(line)).ToList(),
                Sender = new[] { content.From.Company }
                    .Concat(lines)
                    .Select(line => formatter.FirstStrong(line))
                    .ToList(),
                ReturnLine = window.ReturnLineTop is null
                    ? null
                    : formatter.FirstStrong(string.Join(" · ", lines.Prepend(content.From.Company))),
                AskForList = formatter.Format(content.Language.Common.AskForListOnPaper),
                Date = formatter.Date(content.Today),
                Code = page.Payment?.Code is { } code
                    ? new
                    {
                        Url = code.Image.PutInto($"cid:{PaymentCode.ContentId}"),
                        code.Text,
                        Millimetres = code.IsSwiss ? "46" : "30",
                    }
                    : null,
                Links = page.Payment?.Links.Select(link => link.Url).ToList() ?? [],
                Window = new
                {
                    Left = Mm(window.Left),
                    Top = Mm(window.Top - TopMargin),
                    Width = Mm(window.Width),
                    Height = Mm(window.Height),
                    ReturnTop = Mm((window.ReturnLineTop ?? 0) - TopMargin),
                    End = Mm(Math.Max(window.Top + window.Height, 95m) - TopMargin),
                },
                Folds = window.Folds.Select(fold => Mm(fold - TopMargin)).ToList(),
            }
        );
    }

    /// <summary>The document to print: each letter counts its own pages.</summary>
    public static string Document(IReadOnlyList<string> letters, PaperSize paper, string title)
    {
        var size = paper is PaperSize.UsLetter ? "letter" : "A4";
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\" />\n<title>")
            .Append(System.Net.WebUtility.HtmlEncode(title))
            .Append("</title>\n<style>\n")
            .Append(_style.Value);
        for (var i = 0; i < letters.Count; i++)
            html.Append(
                CultureInfo.InvariantCulture,
                $$"""
                @page letter{{i}} {
                  size: {{size}};
                  counter-increment: sheet{{i}};
                  @bottom-right { content: counter(sheet{{i}}); }
                }
                .letter{{i}} { page: letter{{i}}; }

                """
            );
        html.Append("</style>\n</head>\n<body>\n");
        for (var i = 0; i < letters.Count; i++)
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"letter{i}\">\n{letters[i]}\n</div>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>The margin of each page at the top: positions on the first page are counted from there.</summary>
    private const decimal TopMargin = 20m;

    private static string Mm(decimal value) => value.ToString(CultureInfo.InvariantCulture) + "mm";
}
