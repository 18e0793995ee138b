namespace Dunning.Notices.Localization;

/// <summary>
/// How a text is isolated from the reading order around it (Unicode Bidirectional Algorithm, UAX 9).
/// </summary>
internal enum Isolation
{
    /// <summary>Not isolated: part of the sentence.</summary>
    None,

    /// <summary>Left to right in every language: amounts, invoice numbers, IBANs, links.</summary>
    LeftToRight,

    /// <summary>Direction of its first strong character: names, dates.</summary>
    FirstStrong,
}

/// <summary>A part of a sentence.</summary>
internal readonly record struct TextSpan(string Text, Isolation Isolation = Isolation.None)
{
    public static TextSpan Ltr(string text) => new(text, Isolation.LeftToRight);

    public static TextSpan FirstStrong(string text) => new(text, Isolation.FirstStrong);
}
