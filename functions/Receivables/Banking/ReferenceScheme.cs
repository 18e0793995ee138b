namespace Dunning.Receivables.Banking;

/// <summary>
/// The rules for a reference that banks check: a payment with a wrong one is refused or not matched. Which of a
/// country's rules holds is agreed between creditor and bank, and cannot be read off the number.
/// </summary>
public enum ReferenceScheme
{
    /// <summary>All countries: RF, 2 check digits, 1 to 21 letters and digits. Modulo 97, ISO 11649.</summary>
    Rf,

    /// <summary>Norway: 2 to 25 digits, the last by Luhn. Mastercard Payment Services Norway, KID.</summary>
    KidMod10,

    /// <summary>
    /// Norway: 2 to 25 characters, the last by modulo 11, where a hyphen stands for 10. Mastercard Payment Services
    /// Norway, KID.
    /// </summary>
    KidMod11,

    /// <summary>Finland: 4 to 20 digits, the last by the weights 7, 3, 1. Finance Finland.</summary>
    Viitenumero,

    /// <summary>Sweden: 2 to 25 digits, the last by Luhn. Bankgirot, OCR-referenskontroll.</summary>
    Ocr,

    /// <summary>Sweden: as <see cref="Ocr"/>, and the last digit but one is the length modulo 10. Bankgirot.</summary>
    OcrLength,

    /// <summary>Belgium: 12 digits, the last two are the others modulo 97, or 97 for 0. Febelfin, OGM/VCS.</summary>
    Ogm,

    /// <summary>
    /// Switzerland and Liechtenstein, with a QR-IBAN only: 27 digits, the last by modulo 10 recursive. SIX,
    /// implementation guidelines of the QR-bill.
    /// </summary>
    Qrr,

    /// <summary>Switzerland and Liechtenstein, with an ordinary IBAN only: as <see cref="Rf"/>. SIX.</summary>
    Scor,

    /// <summary>
    /// Denmark: kind of card 71 with 15 digits or 75 with 16, the last by Luhn, or 73 without a number; then the
    /// creditor's 8 digits. FI-kort.
    /// </summary>
    Fik,

    /// <summary>Slovenia: up to 20 digits with up to 2 hyphens, unchecked. Payment rules, model SI00.</summary>
    Si00,

    /// <summary>Slovenia: 2 to 13 digits, the last by modulo 11. Payment rules, model SI12.</summary>
    Si12,

    /// <summary>Slovenia: says that there is no reference. Payment rules, model SI99.</summary>
    Si99,

    /// <summary>
    /// Netherlands: 7 digits, unchecked; 9 to 14, the first by modulo 11 and the second for the length; 16, the first
    /// by modulo 11. Betaalvereniging Nederland.
    /// </summary>
    Betalingskenmerk,
}
