using System.Text;
using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Dunning.Receivables.Banking;
using QRCoder;
using static QRCoder.PayloadGenerator;

namespace Dunning.Notices.Email;

/// <summary>
/// A transfer as a QR code that banking apps read: EPC069-12 for euro (GiroCode, version 002 in UTF-8), the Swiss
/// QR-bill of the guidelines 2.3 for accounts of Switzerland and Liechtenstein. One code is one transfer: there is none
/// for several accounts, currencies or references.
/// </summary>
/// <param name="Payload">What the code says.</param>
/// <param name="Width">Of the picture, which is square, in pixels: scaled, its modules would blur.</param>
/// <param name="Text">What to do without it, for who does not see the picture.</param>
internal sealed record PaymentCode(string Payload, MessageFile Image, int Width, string Text)
{
    /// <summary>The guidelines lay its size down.</summary>
    public bool IsSwiss => Payload.StartsWith("SPC", StringComparison.Ordinal);

    /// <summary>The name by which the HTML shows the picture (RFC 2392).</summary>
    public const string ContentId = "payment-code";

    private const int PixelsPerModule = 4;

    /// <summary>Whose banks read EPC codes widely; elsewhere most customers could do nothing with one.</summary>
    private static readonly string[] _epcCountries = ["AT", "BE", "DE", "FI", "NL"];

    // The limits of the two standards for a payee's name, a message and the parts of an address.
    private const int MaxName = 70;
    private const int MaxMessage = 140;
    private const int MaxPostCode = 16;
    private const int MaxTown = 35;
    private const int MaxEpcBytes = 331;
    private const int MaxSwissBytes = 997;

    /// <returns>Null where no code fits.</returns>
    public static PaymentCode? Create(NoticeContent content, PhraseFormatter formatter)
    {
        if (
            !content.AsksForMoney
            || formatter.Totals is not [{ IsPositive: true } amount]
            || content.Invoices.Select(invoice => invoice.Bank?.WithoutReference()).Distinct().ToList()
                is not [{ Iban: { } iban } account]
            || PageBank.OnlyReference(content.Invoices) is not { } reference
        )
            return null;
        try
        {
            var isSwiss = account.AccountCountry is "CH" or "LI";
            var payload = isSwiss
                ? Swiss(content, account, reference, amount)
                : Epc(content, account, reference, amount);
            return payload is null || Encoding.UTF8.GetByteCount(payload) > (isSwiss ? MaxSwissBytes : MaxEpcBytes)
                ? null
                : Draw(payload, isSwiss, TextOf(iban, reference, amount, formatter));
        }
        // A field that the standard does not allow: the lines of text say the same.
        catch (Exception refused)
            when (refused
                    is Girocode.GirocodeException
                        or SwissQrCode.SwissQrCodeException
                        or SwissQrCode.Iban.SwissQrCodeIbanException
                        or SwissQrCode.Contact.SwissQrCodeContactException
                        or SwissQrCode.Reference.SwissQrCodeReferenceException
                        or SwissQrCode.AdditionalInformation.SwissQrCodeAdditionalInformationException
            )
        {
            return null;
        }
    }

    private static PaymentCode Draw(string payload, bool isSwiss, string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(
            payload,
            QRCodeGenerator.ECCLevel.M,
            forceUtf8: true,
            eciMode: isSwiss ? QRCodeGenerator.EciMode.Utf8 : QRCodeGenerator.EciMode.Default
        );
        if (isSwiss)
            SwissCross.Draw(data.ModuleMatrix);
        using var png = new PngByteQRCode(data);
        var image = MessageFile.Create($"{ContentId}.png", "image/png", png.GetGraphic(PixelsPerModule)) with
        {
            ContentId = ContentId,
        };
        return new(payload, image, data.ModuleMatrix.Count * PixelsPerModule, text);
    }

    private static string? Epc(NoticeContent content, BankTransfer account, PaymentReference reference, Money amount)
    {
        if (
            amount.Currency != "EUR"
            || !IbanRules.IsInSepa(account.AccountCountry)
            || content.CustomerCountry is not { Length: >= 2 } country
            || !_epcCountries.Contains(country[..2])
        )
            return null;
        var isStructured = reference.Scheme is ReferenceScheme.Rf;
        return new Girocode(
            account.Iban!,
            // Not needed within the European Economic Area, and a wrong one would stop the transfer.
            bic: "",
            OneLine(account.AccountName ?? content.From.Company, MaxName),
            amount.ToDecimal(),
            OneLine(reference.Text, MaxMessage),
            isStructured ? Girocode.TypeOfRemittance.Structured : Girocode.TypeOfRemittance.Unstructured,
            version: Girocode.GirocodeVersion.Version2,
            encoding: Girocode.GirocodeEncoding.UTF_8
        ).ToString();
    }

    private static string? Swiss(NoticeContent content, BankTransfer account, PaymentReference reference, Money amount)
    {
        if (!Enum.TryParse<SwissQrCode.Currency>(amount.Currency, out var currency))
            return null;
        if (content.From.Address is not { PostalCode: { } code, City: { } city, Country: { } country } address)
            return null;
        var payee = SwissQrCode.Contact.WithStructuredAddress(
            OneLine(account.AccountName ?? content.From.Company, MaxName),
            OneLine(code, MaxPostCode),
            OneLine(city, MaxTown),
            country[..2],
            address.Line1 is { } street ? OneLine(street, MaxName) : null
        );
        var kind = reference.Scheme switch
        {
            ReferenceScheme.Qrr => SwissQrCode.Reference.ReferenceType.QRR,
            ReferenceScheme.Scor or ReferenceScheme.Rf => SwissQrCode.Reference.ReferenceType.SCOR,
            _ => SwissQrCode.Reference.ReferenceType.NON,
        };
        return new SwissQrCode(
            new SwissQrCode.Iban(
                account.Iban!,
                IbanRules.IsQrIban(account.Iban) ? SwissQrCode.Iban.IbanType.QrIban : SwissQrCode.Iban.IbanType.Iban
            ),
            currency,
            payee,
            kind is SwissQrCode.Reference.ReferenceType.NON
                ? new SwissQrCode.Reference(kind)
                : new SwissQrCode.Reference(
                    kind,
                    reference.Text,
                    kind is SwissQrCode.Reference.ReferenceType.QRR
                        ? SwissQrCode.Reference.ReferenceTextType.QrReference
                        : SwissQrCode.Reference.ReferenceTextType.CreditorReferenceIso11649
                ),
            kind is SwissQrCode.Reference.ReferenceType.NON
                ? new SwissQrCode.AdditionalInformation(OneLine(reference.Text, MaxMessage))
                : null,
            amount: amount.ToDecimal()
        ).ToString();
    }

    /// <summary>
    /// A field of the payload is one line: a break in a name would move another account into its place.
    /// </summary>
    private static string OneLine(string text, int max) => CutText.To(UntrustedText.Clean(text), max);

    private static string TextOf(string iban, PaymentReference reference, Money amount, PhraseFormatter formatter)
    {
        var colon = formatter.Label(LabelKey.Colon);
        return string.Join(
            ". ",
            formatter.Label(LabelKey.ScanToPay),
            $"{formatter.Label(LabelKey.Iban)}{colon} {formatter.LeftToRight(PageBank.FormatIban(iban)).ToPlain()}",
            $"{formatter.Label(LabelKey.PaymentReference)}{colon} {formatter.LeftToRight(reference.Printed).ToPlain()}",
            $"{formatter.Label(LabelKey.AmountDue)}{colon} {formatter.Money(amount).ToPlain()}"
        );
    }
}
