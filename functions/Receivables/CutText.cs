namespace Dunning.Receivables;

internal static class CutText
{
    /// <summary>The beginning of a text, at most so many characters; never half of a surrogate pair.</summary>
    public static string To(string text, int maxLength) =>
        text.Length <= maxLength
            ? text
            : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];
}
