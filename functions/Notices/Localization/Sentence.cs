namespace Dunning.Notices.Localization;

/// <summary>A text in reading order, not yet escaped or isolated for a channel.</summary>
/// <param name="RightToLeft">Direction of the text's language.</param>
internal sealed record Sentence(IReadOnlyList<TextSpan> Spans, bool RightToLeft)
{
    private const char LeftToRightIsolate = '\u2066';
    private const char FirstStrongIsolate = '\u2068';
    private const char PopIsolate = '\u2069';

    /// <summary>
    /// For subjects, plain text and SMS. Isolates are inserted only in right-to-left languages; elsewhere they would
    /// only add characters.
    /// </summary>
    public string ToPlain() => string.Concat(Spans.Select(Plain));

    private string Plain(TextSpan span) =>
        (RightToLeft, span.Isolation) switch
        {
            (false, _) or (_, Isolation.None) => span.Text,
            (_, Isolation.LeftToRight) => $"{LeftToRightIsolate}{span.Text}{PopIsolate}",
            _ => $"{FirstStrongIsolate}{span.Text}{PopIsolate}",
        };
}
