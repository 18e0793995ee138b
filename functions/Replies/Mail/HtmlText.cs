using System.Text;
using MimeKit.Text;

namespace Dunning.Replies.Mail;

/// <summary>
/// The text of HTML: lines as a browser breaks them, quotations marked as in plain text, everything else left out.
/// </summary>
internal static class HtmlText
{
    private static readonly HashSet<HtmlTagId> _notShown =
    [
        HtmlTagId.Head,
        HtmlTagId.Script,
        HtmlTagId.Style,
        HtmlTagId.Title,
        HtmlTagId.NoScript,
    ];

    private static readonly HashSet<HtmlTagId> _blocks =
    [
        HtmlTagId.Br,
        HtmlTagId.P,
        HtmlTagId.Div,
        HtmlTagId.TR,
        HtmlTagId.LI,
        HtmlTagId.H1,
        HtmlTagId.H2,
        HtmlTagId.H3,
        HtmlTagId.H4,
        HtmlTagId.Table,
        HtmlTagId.HR,
        HtmlTagId.Pre,
        HtmlTagId.BlockQuote,
    ];

    public static string Of(string html)
    {
        var (lines, line, hidden, quotes) = (new StringBuilder(), new StringBuilder(), 0, 0);
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                var step = tag.IsEndTag ? -1 : 1;
                if (_blocks.Contains(tag.Id))
                    EndLine();
                if (_notShown.Contains(tag.Id) && !tag.IsEmptyElement)
                    hidden = Math.Max(0, hidden + step);
                if (tag.Id is HtmlTagId.BlockQuote)
                    quotes = Math.Max(0, quotes + step);
            }
            else if (hidden == 0 && token is HtmlDataToken { Kind: HtmlTokenKind.Data } data)
                line.Append(data.Data);
        }
        EndLine();
        return lines.ToString();

        void EndLine()
        {
            var words = line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            line.Clear();
            lines.Append(quotes > 0 ? "> " : "").AppendJoin(' ', words).Append('\n');
        }
    }
}
