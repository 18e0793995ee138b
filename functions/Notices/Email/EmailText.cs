using Dunning.Notices.Delivery;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using HandlebarsDotNet;

namespace Dunning.Notices.Email;

/// <summary>
/// A rendered email. Its templates are compiled once. Handlebars escapes all data in HTML; no template disables that.
/// </summary>
/// <param name="Language">BCP 47 tag; of a copy, the tag of its note.</param>
public sealed record EmailText(string Subject, string Html, string Plain, string Language)
{
    /// <summary>The name that answers are addressed to; null for the creditor's.</summary>
    public string? Signer { get; init; }

    /// <summary>Null for a message that has none, such as an answer.</summary>
    public NoticeTone? Kind { get; init; }

    /// <summary>
    /// Where one click ends messages of this kind (RFC 8058); null for those that cannot be switched off.
    /// </summary>
    public string? UnsubscribeAddress { get; init; }

    /// <summary>The pictures that the HTML shows.</summary>
    public IReadOnlyList<MessageFile> Images { get; init; } = [];

    /// <summary>
    /// Characters of a left-to-right text that is kept on one line. Amounts are shorter; a long reference may break,
    /// because it would exceed the width of a phone's screen.
    /// </summary>
    private const int MaxUnbroken = 16;

    private static readonly Lazy<HandlebarsTemplate<object, object>> _htmlTemplate = new(() =>
        CompileHtml("Notices/Email/letter.html.hbs")
    );
    private static readonly Lazy<HandlebarsTemplate<object, object>> _plainTemplate = new(() =>
        Compile("Notices/Email/letter.txt.hbs", WritePlain, noEscape: true)
    );

    private static readonly Lazy<HandlebarsTemplate<object, object>> _plainCopyTemplate = new(() =>
        Compile("Notices/Email/copy.txt.hbs", WritePlain, noEscape: true)
    );

    internal static EmailText Render(EmailPage page) =>
        new(page.Subject, _htmlTemplate.Value(page), RenderPlain(page), (page.Copy?.Language ?? page.Language).Tag)
        {
            Images = page.Payment?.Code is { } code ? [code.Image] : [],
        };

    /// <summary>A template whose <c>{{say}}</c> writes the texts of <see cref="EmailPage"/>.</summary>
    internal static HandlebarsTemplate<object, object> CompileHtml(string file) =>
        Compile(file, WriteHtml, noEscape: false);

    internal static string RenderPlain(EmailPage page)
    {
        if (page.Copy is not { } copy)
            return _plainTemplate.Value(page);
        var quoted = copy.Sms?.ToPlain() ?? _plainTemplate.Value(page).TrimEnd();
        return _plainCopyTemplate.Value(new { Copy = copy, Quote = Quote(quoted) });
    }

    /// <summary>Each line marked as mail programs mark what they quote (RFC 3676 section 4.5).</summary>
    private static string Quote(string text) =>
        string.Join(
            '\n',
            text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length > 0 ? $"> {line}" : ">")
        );

    private static HandlebarsTemplate<object, object> Compile(string file, HandlebarsHelper say, bool noEscape)
    {
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = noEscape });
        handlebars.RegisterHelper("say", say);
        return handlebars.Compile(EmbeddedText.Read(file));
    }

    private static void WriteHtml(EncodedTextWriter output, Context context, Arguments arguments)
    {
        foreach (var span in SentenceOf(arguments).Spans)
        {
            var (open, close) = span.Isolation switch
            {
                Isolation.LeftToRight when span.Text.Length <= MaxUnbroken => (
                    "<bdi dir=\"ltr\" style=\"white-space:nowrap;\">",
                    "</bdi>"
                ),
                Isolation.LeftToRight => ("<bdi dir=\"ltr\">", "</bdi>"),
                Isolation.FirstStrong => ("<bdi>", "</bdi>"),
                _ => ("", ""),
            };
            output.WriteSafeString(open);
            output.Write(span.Text);
            output.WriteSafeString(close);
        }
    }

    private static void WritePlain(EncodedTextWriter output, Context context, Arguments arguments) =>
        output.WriteSafeString(SentenceOf(arguments).ToPlain());

    private static Sentence SentenceOf(Arguments arguments) =>
        arguments[0] as Sentence
        ?? throw new InvalidOperationException(
            "The argument of {{say}} is not a text of EmailPage. Correct its name in the template."
        );
}
