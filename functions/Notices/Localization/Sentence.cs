namespace Dunning.Notices.Localization;

/// <summary>Words in reading order, not yet escaped or isolated for a channel.</summary>
/// <param name="RightToLeft">The direction of the language it is written in.</param>
internal sealed record Sentence(IReadOnlyList<TextSpan> Runs, bool RightToLeft)
{
    private const char LeftToRightIsolate = '\u2066';
    private const char FirstStrongIsolate = '\u2068';
    private const char PopIsolate = '\u2069';

    /// <summary>
    /// For subjects, plain text and SMS: isolates only where the language reads right to left; elsewhere they would
    /// only cost characters.
    /// </summary>
    public string ToPlain() => string.Concat(Runs.Select(Plain));

    private string Plain(TextSpan run) =>
        (RightToLeft, run.Isolation) switch
        {
            (false, _) or (_, Isolation.None) => run.Text,
            (_, Isolation.LeftToRight) => $"{LeftToRightIsolate}{run.Text}{PopIsolate}",
            _ => $"{FirstStrongIsolate}{run.Text}{PopIsolate}",
        };
}
