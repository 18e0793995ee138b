using Dunning.Notices.Localization;
using HandlebarsDotNet;

namespace Dunning.Notices.Email;

/// <summary>
/// The two mail templates, compiled once. Data go through Handlebars' own escaping in HTML; no template switches it
/// off.
/// </summary>
internal static class LetterTemplates
{
    /// <summary>
    /// An amount stays on one line; a long reference may break, or it would push a phone's screen wide.
    /// </summary>
    private const int MaxUnbroken = 16;

    private static readonly Lazy<HandlebarsTemplate<object, object>> _htmlTemplate = new(() =>
        Compile("Notices/Email/letter.html.hbs", SayHtml, noEscape: false)
    );
    private static readonly Lazy<HandlebarsTemplate<object, object>> _plainTemplate = new(() =>
        Compile("Notices/Email/letter.txt.hbs", SayPlain, noEscape: true)
    );

    public static string Html(EmailPage page) => _htmlTemplate.Value(page);

    public static string Plain(EmailPage page) => _plainTemplate.Value(page);

    private static HandlebarsTemplate<object, object> Compile(string file, HandlebarsHelper say, bool noEscape)
    {
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = noEscape });
        handlebars.RegisterHelper("say", say);
        return handlebars.Compile(EmbeddedText.Read(file));
    }

    private static void SayHtml(EncodedTextWriter output, Context context, Arguments arguments)
    {
        foreach (var run in Argument(arguments).Runs)
        {
            var (open, close) = run.Isolation switch
            {
                Isolation.LeftToRight when run.Text.Length <= MaxUnbroken => (
                    "<bdi dir=\"ltr\" style=\"white-space:nowrap;\">",
                    "</bdi>"
                ),
                Isolation.LeftToRight => ("<bdi dir=\"ltr\">", "</bdi>"),
                Isolation.Own => ("<bdi>", "</bdi>"),
                _ => ("", ""),
            };
            output.WriteSafeString(open);
            output.Write(run.Text);
            output.WriteSafeString(close);
        }
    }

    private static void SayPlain(EncodedTextWriter output, Context context, Arguments arguments) =>
        output.WriteSafeString(Argument(arguments).ToPlain());

    private static Sentence Argument(Arguments arguments) =>
        arguments[0] as Sentence
        ?? throw new InvalidOperationException("A template says something that the page does not have.");
}
