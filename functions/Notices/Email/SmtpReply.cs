using System.Globalization;
using System.Text.RegularExpressions;

namespace Dunning.Notices.Email;

/// <summary>
/// A mail server's reply: the reply code (RFC 5321 section 4.2) and, if any, the enhanced status code (RFC 3463).
/// </summary>
/// <param name="Code">Three digits.</param>
/// <param name="Status">
/// Subject and detail of the enhanced status code, for example <c>1.1</c> of <c>5.1.1</c>; null if there is none.
/// </param>
internal readonly partial record struct SmtpReply(int Code, string? Status)
{
    public bool IsPermanent => Code >= 500;

    public bool IsTemporary => Code is >= 400 and < 500;

    public static SmtpReply Read(int code, string text)
    {
        var match = EnhancedStatus().Match(text);
        return new(code, match.Success ? match.Groups["status"].Value : null);
    }

    /// <param name="subject">
    /// First number of <see cref="Status"/>: 1 addressing, 2 mailbox, 3 mail system, 4 network and routing, 5 protocol,
    /// 6 content, 7 policy.
    /// </param>
    public bool IsAbout(int subject) =>
        Status?.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{subject}."), StringComparison.Ordinal)
        == true;

    public override string ToString() =>
        Status is null
            ? Code.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Code} {Code / 100}.{Status}");

    [GeneratedRegex(@"^\s*[245]\.(?<status>\d{1,3}\.\d{1,3})\b")]
    private static partial Regex EnhancedStatus();
}
