using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Dunning.Local.MailViewer;

/// <summary>Markup, built from literals and from values that are encoded when inserted.</summary>
internal readonly record struct Html(string Markup)
{
    private static readonly HtmlEncoder _encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static Html Nothing { get; } = new("");

    public static Html From(FormattableString text) =>
        new(string.Format(CultureInfo.InvariantCulture, text.Format, [.. text.GetArguments().Select(Encode)]));

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Markup)));

    private static string Encode(object? value) =>
        value is Html html ? html.Markup : _encoder.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
