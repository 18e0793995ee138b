using System.Globalization;

namespace Dunning.Http.Validation;

internal static class CountRules
{
    /// <summary>A number of days, from 0 to three years.</summary>
    public static readonly FieldRule<int> Days = WholeNumber(0, 1096);

    public static FieldRule<int> WholeNumber(int min, int max) =>
        new(
            text =>
                int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= min
                && number <= max
                    ? number
                    : new FieldError("not_in_range", $"send a whole number from {min} to {max}"),
            Literal.Number
        );
}
