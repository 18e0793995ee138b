using System.Globalization;
using System.Text.RegularExpressions;

namespace Dunning.Receivables.Banking;

internal static partial class ReferenceFormats
{
    private static readonly ReferenceFormat _rf = new(
        "RF",
        RfPattern(),
        Check: text => CheckDigits.Mod97(text[4..] + text[..4]) is 1,
        Print: DigitLayout.Fours
    );

    private static readonly Dictionary<ReferenceScheme, ReferenceFormat> _formats = new()
    {
        [ReferenceScheme.Rf] = _rf,
        [ReferenceScheme.Scor] = _rf,
        [ReferenceScheme.KidMod10] = new("KID", DigitsPattern(), Check: CheckDigits.IsLuhn),
        [ReferenceScheme.KidMod11] = new("KID", KidMod11Pattern(), Check: CheckDigits.IsMod11),
        [ReferenceScheme.Viitenumero] = new(
            "Viitenumero",
            ViitenumeroPattern(),
            "${number}",
            CheckDigits.Is731,
            text => DigitLayout.Fill("##### ##### ##### #####", text)
        ),
        [ReferenceScheme.Ocr] = new("OCR", DigitsPattern(), Check: CheckDigits.IsLuhn),
        [ReferenceScheme.OcrLength] = new(
            "OCR",
            DigitsPattern(),
            Check: text => CheckDigits.IsLuhn(text) && HasLengthDigit(text)
        ),
        [ReferenceScheme.Ogm] = new(
            "OGM/VCS",
            OgmPattern(),
            "$1$2$3",
            IsOgm,
            text => $"+++{DigitLayout.Fill("###/####/#####", text)}+++"
        ),
        [ReferenceScheme.Qrr] = new(
            "QR-Referenz",
            QrrPattern(),
            Check: CheckDigits.IsMod10Recursive,
            Print: text => DigitLayout.Fill("## ##### ##### ##### ##### #####", text)
        ),
        [ReferenceScheme.Fik] = new(
            "FIK",
            FikPattern(),
            "+${kind}<${number}+${creditor}<",
            text => CheckDigits.IsLuhn(text["+71<".Length..^"+81234567<".Length])
        ),
        [ReferenceScheme.Si00] = new("SI", Si00Pattern(), "SI00 ${number}"),
        [ReferenceScheme.Si12] = new("SI", Si12Pattern(), "SI12 ${number}", text => IsSi12(text["SI12 ".Length..])),
        [ReferenceScheme.Si99] = new("SI", Si99Pattern()),
        [ReferenceScheme.Betalingskenmerk] = new(
            "Betalingskenmerk",
            BetalingskenmerkPattern(),
            Check: IsBetalingskenmerk,
            Print: text => DigitLayout.Fill("#### #### #### ####", text)
        ),
    };

    public static ReferenceFormat Of(ReferenceScheme scheme) => _formats[scheme];

    /// <summary>Both control digits count as part of the length.</summary>
    private static bool HasLengthDigit(string digits) =>
        digits is [_, .., var length, _] && length - '0' == digits.Length % 10;

    private static bool IsOgm(string digits)
    {
        var check = int.Parse(digits[10..], CultureInfo.InvariantCulture);
        return check == (CheckDigits.Mod97(digits[..10]) is > 0 and var rest ? rest : 97);
    }

    private static bool IsSi12(string digits) =>
        digits[^1] == CheckDigits.Mod11(digits[..^1], "00987654321", [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);

    private static bool IsBetalingskenmerk(string digits) =>
        digits.Length is 7
        || (
            digits[0] == CheckDigits.Mod11(digits[1..], "01987654321", [2, 4, 8, 5, 10, 9, 7, 3, 6, 1])
            && (digits.Length is 16 || digits[1] - '0' == (digits.Length - 2) % 10)
        );

    // Zeros alone have valid check digits in most schemes, but stand where an invoice has no reference.

    /// <summary>00, 01 and 99 are never issued: 01 and 98 are the same modulo 97.</summary>
    [GeneratedRegex(@"^RF(?!00|01|99)[0-9]{2}[A-Z0-9]{1,21}\z")]
    private static partial Regex RfPattern();

    [GeneratedRegex(@"^(?!0+\z)[0-9]{2,25}\z")]
    private static partial Regex DigitsPattern();

    [GeneratedRegex(@"^(?!0+\z)[0-9]{1,24}[0-9-]\z")]
    private static partial Regex KidMod11Pattern();

    [GeneratedRegex(@"^(?=.{4,20}\z)0*(?<number>[1-9][0-9]{3,19})\z")]
    private static partial Regex ViitenumeroPattern();

    [GeneratedRegex(@"^(?<edge>\+{3}|\*{3}|)([0-9]{3})/?([0-9]{4})/?([0-9]{5})\k<edge>\z")]
    private static partial Regex OgmPattern();

    [GeneratedRegex(@"^(?!0+\z)[0-9]{27}\z")]
    private static partial Regex QrrPattern();

    /// <summary>A bank's form has three fields, whence the signs may be missing; 73 is known by them alone.</summary>
    [GeneratedRegex(
        @"^\+?(?:(?<kind>71)<?(?<number>[0-9]{15})\+?|(?<kind>75)<?(?<number>[0-9]{16})\+?|(?<kind>73)<\+)"
            + @"(?<creditor>[0-9]{8})<?\z"
    )]
    private static partial Regex FikPattern();

    [GeneratedRegex(@"^SI00(?=(?:-?[0-9]){1,20}\z)(?<number>[0-9]+(?:-[0-9]+){0,2})\z")]
    private static partial Regex Si00Pattern();

    [GeneratedRegex(@"^SI12(?<number>[0-9]{2,13})\z")]
    private static partial Regex Si12Pattern();

    [GeneratedRegex(@"^SI99\z")]
    private static partial Regex Si99Pattern();

    [GeneratedRegex(@"^(?!0+\z)(?:[0-9]{7}|[0-9]{9,14}|[0-9]{16})\z")]
    private static partial Regex BetalingskenmerkPattern();
}
