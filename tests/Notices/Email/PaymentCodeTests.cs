using System.Text;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Dunning.Tests.Notices.Letters;
using SkiaSharp;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace Dunning.Tests.Notices.Email;

/// <summary>Each picture is read again by an independent reader: ZXing, from the pixels of the PNG.</summary>
public sealed class PaymentCodeTests
{
    private static readonly BankTransfer _german = new("DE89370400440532013000", AccountName: "Müller & Söhne GmbH");
    private static readonly BankTransfer _swiss = new("CH5800791123000889012", AccountName: "Robert Schneider AG");
    private static readonly BankTransfer _qrIban = _swiss with { Iban = "CH4431999123000889012" };

    [Fact]
    public void Euro_to_an_account_of_the_Single_Euro_Payments_Area_is_an_EPC_code()
    {
        var code = Create(Content(_german, 123_450));

        var payload = "BCD\n002\n1\nSCT\n\nMüller & Söhne GmbH\nDE89370400440532013000\nEUR1234.50\n\n\n2026-0042\n";
        Assert.Equal(payload, Decoded(code!));
    }

    [Fact]
    public void A_reference_of_ISO_11649_has_its_own_line()
    {
        var finnish = new BankTransfer("FI2112345600000785", Reference: "RF34 1234 561", AccountName: "Esimerkki Oy");

        var code = Create(Content(finnish, 48_299, "FI"));

        var payload = "BCD\n002\n1\nSCT\n\nEsimerkki Oy\nFI2112345600000785\nEUR482.99\n\nRF341234561\n\n";
        Assert.Equal(payload, Decoded(code!));
    }

    [Fact]
    public void A_line_break_in_the_name_moves_no_other_account_into_the_place_of_ours()
    {
        foreach (var lineBreak in new[] { "\n", "\r\n", "\r", "\u2028", "\u0085", "\v" })
        {
            var hostile = _german with { AccountName = $"Söhne{lineBreak}GB33BUKB20201555555555" };

            var lines = Decoded(Create(Content(hostile))!).Split('\n');

            Assert.Equal(("DE89370400440532013000", "EUR1190.00"), (lines[6], lines[7]));
        }
    }

    [Fact]
    public void A_long_name_is_cut_and_letters_of_every_script_fit()
    {
        var code = Create(Content(_german with { AccountName = new string('Я', 100) }));

        var payload = Decoded(code!);
        Assert.Equal(new string('Я', 70), payload.Split('\n')[5]);
        Assert.True(Encoding.UTF8.GetByteCount(payload) <= 331);
    }

    [Fact]
    public void A_Swiss_account_with_a_QR_reference_gets_the_Swiss_code()
    {
        var code = Create(
            Content(_qrIban with { Reference = "21 00000 00003 13947 14300 09017" }, 194_975, "CH", "CHF")
        );

        var lines = Decoded(code!).Split("\r\n");
        Assert.Equal(
            ["SPC", "0200", "1", "CH4431999123000889012", "S", "Robert Schneider AG", "Rue du Lac 1268", ""],
            lines[..8]
        );
        Assert.Equal(["2501", "Biel", "CH"], lines[8..11]);
        Assert.Equal(["1949.75", "CHF"], lines[18..20]);
        Assert.Equal(["QRR", "210000000003139471430009017", "", "EPD"], lines[27..31]);
    }

    [Fact]
    public void A_Swiss_account_with_a_creditor_reference_or_only_a_number_gets_the_Swiss_code()
    {
        var creditor = Decoded(Create(Content(_swiss with { Reference = "RF18539007547034" }, 19_995, "CH", "CHF"))!);
        var number = Decoded(Create(Content(_swiss, 19_995, "CH", "EUR"))!);

        Assert.Equal(["SCOR", "RF18539007547034", "", "EPD"], creditor.Split("\r\n")[27..31]);
        Assert.Equal(["NON", "", "2026-0042", "EPD"], number.Split("\r\n")[27..31]);
    }

    [Fact]
    public void What_the_standard_has_no_room_for_gets_no_code()
    {
        var wide = _german with { AccountName = new string('Я', 100), Reference = new string('Ж', 140) };

        Assert.Null(Create(Content(wide)));
    }

    [Theory]
    [InlineData("an IBAN that is none", "EUR", "DE", "+", null)]
    [InlineData("a currency that the code cannot have", "USD", "DE", "DE89370400440532013000", null)]
    [InlineData("a customer whose banks read no code", "EUR", "GB", "DE89370400440532013000", null)]
    [InlineData("a customer whose country is not known", "EUR", null, "DE89370400440532013000", null)]
    [InlineData("no IBAN", "EUR", "DE", null, null)]
    [InlineData("a QR-IBAN without its reference", "CHF", "CH", "CH4431999123000889012", null)]
    [InlineData(
        "a QR reference with a wrong digit",
        "CHF",
        "CH",
        "CH4431999123000889012",
        "210000000003139471430009018"
    )]
    public void No_code_is_shown_where_it_could_not_be_paid(
        string why,
        string currency,
        string? country,
        string? iban,
        string? reference
    )
    {
        var account = new BankTransfer(iban, AccountName: "Söhne", AccountNumber: "12345678", Reference: reference);

        Assert.True(Create(Content(account, 119_000, country, currency)) is null, why);
    }

    [Fact]
    public void One_code_is_one_transfer()
    {
        LetterInvoice Named(string number, string? reference) =>
            Invoice(_german with { Reference = reference }, 1_000, "EUR", number);
        NoticeContent Several(params LetterInvoice[] invoices) => Content(_german) with { Invoices = invoices };

        Assert.Null(Create(Several(Named("A", null), Named("B", null))));
        Assert.Null(Create(Several(Named("A", "RF18539007547034"), Named("B", "RF341234561"))));
        Assert.Contains(
            "EUR20.00",
            Decoded(Create(Several(Named("A", "RF18539007547034"), Named("B", "RF18 5390 0754 7034")))!),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Only_a_message_that_asks_for_money_shows_it_with_a_text_in_its_place()
    {
        var code = Create(Content(_german))!;

        Assert.Equal(
            "Scan with your banking app to pay. IBAN: DE89 3704 0044 0532 0130 00. Reference: 2026-0042. "
                + "Amount due: EUR 1,190.00",
            code.Text
        );
        Assert.Null(Create(Content(_german) with { Tone = NoticeTone.ThankYou }));
        var email = EmailText.Render(EmailPage.Create(Content(_german)));
        Assert.Contains("src=\"cid:payment-code\"", email.Html, StringComparison.Ordinal);
        Assert.Equal(code.Payload, Decoded(Assert.Single(email.Images).Content!));
    }

    private static PaymentCode? Create(NoticeContent content) =>
        PaymentCode.Create(content, new PhraseFormatter(content));

    private static NoticeContent Content(
        BankTransfer account,
        long amount = 119_000,
        string? country = "DE",
        string currency = "EUR"
    ) =>
        LetterSamples.Letter(NoticeTone.Friendly, Invoice(account, amount, currency)) with
        {
            CustomerCountry = country,
            From = LetterSamples.Letter(NoticeTone.Friendly).From with
            {
                Address = new()
                {
                    Line1 = "Rue du Lac 1268",
                    PostalCode = "2501",
                    City = "Biel",
                    Country = "CH",
                },
            },
        };

    private static LetterInvoice Invoice(
        BankTransfer account,
        long amount,
        string currency,
        string number = "2026-0042"
    ) => LetterSamples.Invoice(number, amount, currency) with { Bank = account };

    private static string Decoded(PaymentCode code) => Decoded(code.Image.Content!);

    private static string Decoded(byte[] picture)
    {
        using var png = SKBitmap.Decode(picture);
        byte[] pixels = [.. png.Pixels.Select(pixel => pixel.Red)];
        var light = new RGBLuminanceSource(pixels, png.Width, png.Height, RGBLuminanceSource.BitmapFormat.Gray8);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(light))).Text;
    }
}
