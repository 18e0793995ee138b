using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Accounts, references and links to pay, as customers of several countries know them.</summary>
public sealed class WaysToPay : Scenario
{
    protected override Dictionary<string, string?> Settings => new() { ["Dunning:Bank:Currencies"] = "GBP,EUR" };

    [Fact]
    public async Task Each_invoice_of_one_email_has_its_own_reference_beside_it()
    {
        var account = new { iban = "NO9386011117947", reference = "0000000602243" };
        await PostInvoiceAsync(With(Invoice("HF-1"), ("payment", account)));
        await PostInvoiceAsync(
            With(Invoice("HF-2"), ("payment", new { account.iban, reference = "rf18539007547034" }))
        );
        await AdvanceToAsync("2026-03-19T09:00Z");

        var (_, plain) = Assert.Single(LettersTo("amberley"));
        var (first, second) = (
            plain.IndexOf("Invoice HF-1", 0, StringComparison.Ordinal),
            plain.IndexOf("Invoice HF-2", 0, StringComparison.Ordinal)
        );
        Assert.Contains("Reference (KID): 0000000602243", plain[first..second], StringComparison.Ordinal);
        Assert.Contains("Reference (RF): RF18 5390 0754 7034", plain[second..], StringComparison.Ordinal);
        Assert.Contains("(KID)", Emails.Single().Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"iban":"DE89370400440532013000","reference":"RF19539007547034"}""", "Reference: RF19539007547034")]
    [InlineData(
        """{"iban":"FI2112345600000785","reference":"1234562","referenceScheme":"viitenumero"}""",
        "Reference: 1234562"
    )]
    [InlineData(
        """{"iban":"BE68539007547034","reference":"+++090/9337/55494+++"}""",
        "Reference: +++090/9337/55494+++"
    )]
    public async Task A_reference_with_a_wrong_check_digit_is_plain_text_and_an_event(string payment, string shown)
    {
        using var taken = await Http.PostAsJsonAsync(
            "api/invoices",
            With(Invoice("HF-1"), ("payment", JsonElement.Parse(payment)))
        );
        var answer = await taken.Content.ReadFromJsonAsync<JsonElement>();
        await AdvanceToAsync("2026-03-19T09:00Z");

        Assert.Contains("#/payment/reference", answer.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("referenceInvalid", await EventsAsync(answer.GetProperty("id").GetString()!));
        Assert.Contains(shown, Assert.Single(LettersTo("amberley")).Plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GB", "089999", "66374958", "Sort code: 08-99-99", "Account number: 66374958")]
    [InlineData("US", "021000021", "12345678", "Routing number (ABA): 021000021", "Account number: 12345678")]
    [InlineData("AU", "062000", "12345678", "BSB: 062-000", "Account number: 12345678")]
    [InlineData("NO", null, "86011117947", "Kontonummer: 8601 11 17947", "")]
    [InlineData("SE", "bankgiro", "54029681", "Bankgiro: 5402-9681", "")]
    [InlineData("ID", "BCA (014)", "1234567890", "Bank: BCA (014)", "Nomor rekening: 1234567890")]
    public async Task An_account_without_an_IBAN_is_shown_in_the_words_of_its_country(
        string country,
        string? bankCode,
        string accountNumber,
        string first,
        string second
    )
    {
        var payment = new
        {
            country,
            bankCode,
            accountNumber,
        };
        await PostInvoiceAsync(With(Invoice("HF-1"), ("payment", payment)));
        await AdvanceToAsync("2026-03-19T09:00Z");

        var (_, plain) = Assert.Single(LettersTo("amberley"));
        Assert.Contains(first, plain, StringComparison.Ordinal);
        Assert.Contains(second, plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Danish_payment_slip_is_a_way_to_pay_without_an_account()
    {
        var payment = new { country = "DK", reference = "+71<000000000000018+81234567<" };
        await PostInvoiceAsync(With(Invoice("HF-1"), ("payment", payment)));
        await AdvanceToAsync("2026-03-19T09:00Z");

        var (_, plain) = Assert.Single(LettersTo("amberley"));
        Assert.Contains("Reference (FIK): +71<000000000000018+81234567<", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("account to pay to", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("GB33", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_account_only_the_form_of_RF_is_held_to_its_check_digits()
    {
        foreach (var (number, reference) in new[] { ("HF-1", "+++090/9337/55493+++"), ("HF-2", "RF19539007547034") })
        {
            using var taken = await Http.PostAsJsonAsync(
                "api/invoices",
                With(Invoice(number), ("payment", new { reference }))
            );
            Assert.Equal(
                number == "HF-2",
                (await taken.Content.ReadAsStringAsync()).Contains("#/payment/reference", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task A_mistyped_account_is_not_shown_and_neither_is_ours_in_its_place()
    {
        var payment = new { country = "NO", accountNumber = "86011117948" };
        using var taken = await Http.PostAsJsonAsync("api/invoices", With(Invoice("HF-1"), ("payment", payment)));
        await AdvanceToAsync("2026-03-19T09:00Z");

        Assert.Contains("#/payment/accountNumber", await taken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var (_, plain) = Assert.Single(LettersTo("amberley"));
        Assert.DoesNotContain("8601", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("GB33", plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GBP", true)]
    [InlineData("EUR", true)]
    [InlineData("USD", false)]
    public async Task Our_own_account_is_named_only_for_money_that_it_takes(string currency, bool isNamed)
    {
        await PostInvoiceAsync(With(Invoice("HF-1"), ("currency", currency)));
        await AdvanceToAsync("2026-03-19T09:00Z");

        var (_, plain) = Assert.Single(LettersTo("amberley"));
        Assert.Equal(isNamed, plain.Contains("GB33 BUKB", StringComparison.Ordinal));
        Assert.NotEqual(isNamed, plain.Contains("account to pay to", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_links_to_pay_are_shown_the_customers_way_first()
    {
        var links = new object[]
        {
            new { method = "card", url = "https://pay.example.com/card" },
            new { method = "payPal", url = "https://pay.example.com/paypal" },
            new { label = "Pay by Swish", url = "https://pay.example.com/swish" },
        };
        var customer = With(Customer(), ("preferredPaymentMethod", "payPal"));
        await PostInvoiceAsync(With(Invoice("HF-1", customer: customer), ("paymentLinks", links)));
        await AdvanceToAsync("2026-03-19T09:00Z");

        var (_, plain) = Assert.Single(LettersTo("amberley"));
        Assert.Contains(
            """
            Pay with PayPal: https://pay.example.com/paypal
            Pay by card: https://pay.example.com/card
            Pay by Swish: https://pay.example.com/swish
            """,
            plain,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_euro_transfer_from_Germany_comes_with_a_code_that_the_archive_has_too()
    {
        var customer = With(Customer(), ("country", "DE"), ("timeZone", "Europe/Berlin"));
        var payment = new { iban = "DE89370400440532013000" };
        var id = await PostInvoiceAsync(
            With(Invoice("HF-1", customer: customer), ("currency", "EUR"), ("payment", payment))
        );
        await AdvanceToAsync("2026-03-19T09:00Z");

        var mail = Assert.Single(Emails);
        var picture = Assert.Single(mail.Attachments);
        Assert.Equal(
            ("payment-code.png", "image/png", "payment-code"),
            (picture.Name, picture.ContentType, picture.ContentId)
        );
        Assert.Contains("cid:payment-code", mail.Html, StringComparison.Ordinal);
        var notice = (await GetInvoiceAsync(id))
            .GetProperty("events")
            .EnumerateArray()
            .Last(e => e.TryGetProperty("message", out _));
        var archived = await Http.GetStringAsync(
            $"api/invoices/{id}/messages/{notice.GetProperty("notice").GetString()}"
        );
        Assert.Contains(picture.ContentInBase64, archived, StringComparison.Ordinal);
    }
}
