using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dunning.Notices.Email;

namespace Dunning.Tests.Notices.Email;

/// <summary>A rendered email, parsed strictly: HTML that is not well-formed XML fails.</summary>
public static partial class HtmlPage
{
    public static XElement Parse(EmailText mail) => XDocument.Parse(mail.Html).Root!;

    /// <summary>The visible text, on one line.</summary>
    public static string Text(EmailText mail) => Space().Replace(Body(mail).Value, " ").Trim();

    /// <summary>The text outside the tables of facts.</summary>
    public static string Prose(EmailText mail) =>
        string.Join(
            ' ',
            Body(mail)
                .Descendants()
                .Where(e => e.Name.LocalName == "p" && e.Ancestors().Count(a => a.Name.LocalName == "table") == 2)
                .Select(e => e.Value)
        );

    public static IReadOnlyList<string> Links(EmailText mail) =>
        [.. Body(mail).Descendants().Select(e => e.Attribute("href")?.Value).OfType<string>()];

    private static XElement Body(EmailText mail) => Parse(mail).Elements().Single(e => e.Name.LocalName == "body");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
