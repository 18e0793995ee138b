namespace Dunning.Receivables.Banking;

/// <summary>Groups digits as a country prints them, so that people can compare and copy them.</summary>
internal static class DigitLayout
{
    /// <summary>
    /// Puts digits in the places of <c>#</c>, from the right; what is left of the first digit is dropped. A number that
    /// is longer than the layout stays as it is.
    /// </summary>
    public static string Fill(string layout, string digits)
    {
        if (digits.Length > layout.Count('#'))
            return digits;
        var filled = "";
        var next = digits.Length;
        for (var place = layout.Length - 1; next > 0; place--)
            filled = (layout[place] is '#' ? digits[--next] : layout[place]) + filled;
        return filled;
    }

    /// <summary>Groups of four from the left.</summary>
    public static string Fours(string text) => string.Join(' ', text.Chunk(4).Select(group => new string(group)));
}
