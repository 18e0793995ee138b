using System.Globalization;
using Dunning.PortalLinks;

namespace Dunning.Portal.Answers;

/// <summary>
/// What the form of the check page carries: when it was made, signed together with the link, the kind of answer and
/// all that was filled in. Some mail scanners post the forms of the pages behind a link, at once; a person reads first.
/// </summary>
internal static class AnswerCheck
{
    public const string Field = "check";

    private const string Purpose = "check";
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(60);

    public static string Create(PortalKey key, string answer, DateTimeOffset now)
    {
        var made = now.ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
        return $"{made}-{key.Sign(Purpose, $"{made}\n{answer}")}";
    }

    /// <param name="answer">The link, the kind of answer and what is filled in, as one text.</param>
    public static AnswerCheckResult Read(PortalKey key, string? check, string answer, DateTimeOffset now)
    {
        if (
            check?.Split('-', 2) is not [var made, var signature]
            || !key.IsSigned(Purpose, $"{made}\n{answer}", signature)
        )
            return AnswerCheckResult.None;
        var milliseconds = long.Parse(made, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var age = now - DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return age < _shortest ? AnswerCheckResult.TooEarly
            : age > _longest ? AnswerCheckResult.TooLate
            : AnswerCheckResult.Confirmed;
    }
}

internal enum AnswerCheckResult
{
    /// <summary>The page that says what will happen has not been shown for this answer.</summary>
    None,
    TooEarly,
    TooLate,
    Confirmed,
}
