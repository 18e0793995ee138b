namespace Dunning.Receivables.Banking;

/// <summary>The sums behind the check digits of references and accounts. All texts are ASCII digits.</summary>
internal static class CheckDigits
{
    /// <summary>Luhn, also called modulo 10: every second digit from the right is doubled (ISO/IEC 7812-1).</summary>
    public static bool IsLuhn(string digits) =>
        digits.Reverse().Select((digit, place) => place % 2 == 0 ? digit - '0' : "0246813579"[digit - '0'] - '0').Sum()
            % 10
            is 0;

    /// <summary>The weights 7, 3, 1 (Finland, USA), which are 7, 1, 3 (Russia) from the other end.</summary>
    public static bool Is731(string digits) => WeightedSum(digits, [1, 7, 3]) % 10 is 0;

    /// <summary>Modulo 11 with the weights 2 to 7; a hyphen at the end stands for 10 (Norway).</summary>
    public static bool IsMod11(string text) => text[^1] == Mod11(text[..^1], "0-987654321", [2, 3, 4, 5, 6, 7]);

    /// <summary>Modulo 10 recursive, by a table (Switzerland).</summary>
    public static bool IsMod10Recursive(string digits) =>
        digits.Aggregate(0, (carry, digit) => "0946827135"[(carry + digit - '0') % 10] - '0') is 0;

    /// <param name="signs">The check character for each remainder from 0 to 10, in which countries differ.</param>
    public static char Mod11(string digits, string signs, ReadOnlySpan<int> weights) =>
        signs[WeightedSum(digits, weights) % 11];

    /// <summary>ISO 7064 over digits and letters from A to Z, a letter counting 10 (A) to 35 (Z).</summary>
    public static int Mod97(string text) =>
        text.Aggregate(
            0,
            (rest, c) => char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97 : ((rest * 100) + (c - 'A' + 10)) % 97
        );

    /// <param name="weights">From the right; they repeat.</param>
    private static int WeightedSum(string digits, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
            sum += (digits[^(place + 1)] - '0') * weights[place % weights.Length];
        return sum;
    }
}
