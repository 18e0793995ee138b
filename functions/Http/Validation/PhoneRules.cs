using System.Text.RegularExpressions;

namespace Dunning.Http.Validation;

internal static partial class PhoneRules
{
    private static readonly FieldError _notE164 = new(
        "not_e164",
        "write the number with + and its country code and no separators (E.164), for example +4930123456"
    );

    /// <summary>ITU-T E.164: plus sign, country code, 15 digits at most.</summary>
    public static readonly FieldRule<string> E164 = TextRules.Matching(E164Pattern(), _notE164);

    /// <summary>
    /// A number as people write it: with separators, 00 instead of the plus sign, a trunk prefix (0) in brackets. The
    /// country code is required; it is never guessed.
    /// </summary>
    public static readonly FieldRule<string> WrittenPhone = TextRules.Matching(
        E164Pattern(),
        _notE164,
        written =>
        {
            var digits = Separators().Replace(written.Replace("(0)", "", StringComparison.Ordinal), "");
            return digits.StartsWith("00", StringComparison.Ordinal) ? $"+{digits[2..]}" : digits;
        }
    );

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex E164Pattern();

    [GeneratedRegex(@"[\s()./\u00A0\u2010-\u2015-]")]
    private static partial Regex Separators();
}
