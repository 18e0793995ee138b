namespace Dunning.Notices.Localization;

/// <summary>
/// How a piece of text is kept from disturbing the reading order around it (Unicode Bidirectional Algorithm, UAX 9).
/// </summary>
internal enum Isolation
{
    /// <summary>Part of the sentence itself.</summary>
    None,

    /// <summary>Reads left to right in every language: amounts, invoice numbers, IBANs, links.</summary>
    LeftToRight,

    /// <summary>Takes its direction from its own first letter: names, dates.</summary>
    Own,
}

/// <summary>A stretch of a sentence.</summary>
internal readonly record struct TextSpan(string Text, Isolation Isolation = Isolation.None)
{
    public static TextSpan Ltr(string text) => new(text, Isolation.LeftToRight);

    public static TextSpan Own(string text) => new(text, Isolation.Own);
}
