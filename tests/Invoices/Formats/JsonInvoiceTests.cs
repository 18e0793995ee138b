using System.Text;
using System.Text.Json;
using Dunning.Http.Validation;
using Dunning.Invoices.Formats;
using Dunning.Receivables;

namespace Dunning.Tests.Invoices.Formats;

public sealed class JsonInvoiceTests
{
    [Fact]
    public void The_least_that_is_needed_makes_an_open_invoice()
    {
        var invoice = SampleJson.ReadValid("""{"dueDate":null,"customer":{"email":null}}""");

        Assert.Equal(("api", "a-1", "1042"), (invoice.Source, invoice.ExternalId, invoice.Number));
        Assert.Equal(new Money(11900, "EUR"), invoice.AmountDue);
        Assert.Equal((InvoiceKind.Invoice, SourceStatus.Open), (invoice.Kind, invoice.Status));
        Assert.Null(invoice.DueDate);
    }

    [Fact]
    public void Every_field_of_the_contract_is_read()
    {
        var invoice = SampleJson.ReadValid(
            """
            {"source":"erp-1","amountTotal":119.000,"kind":"invoice","status":"writtenOff","paymentUrl":"https://pay.example/1?a=%2F",
             "documentUrl":"https://doc.example/1","orderReference":"PO 1","buyerReference":"B 1","tags":["vip"],"metadata":{"region":"north"},
             "payment":{"iban":"de89 3704 0044 0532 0130 00","bic":"COBADEFFXXX","reference":"RF18","accountName":"Seller"},
             "lines":[{"description":"Nails,\n steel","quantity":3.50,"amount":"-1.00"}],
             "dunning":{"policy":"gentle","pausedUntil":"2026-03-01","doNotContact":"true","reason":"asked\nby phone"},
             "updatedAt":"2026-01-01T10:00:00.123456789+02:00",
             "customer":{"externalId":"c-1","phone":"+4930123456","locale":"de-DE","timeZone":"Europe/Berlin","country":"my-02","taxId":"DE1",
               "contacts":[{"name":"","email":"cfo@buyer.example","role":"management","cc":true},{"name":"","email":""}]}}
            """
        );

        Assert.Equal(
            ("erp-1", SourceStatus.WrittenOff, new Money(11900, "EUR")),
            (invoice.Source, invoice.Status, invoice.AmountTotal)
        );
        Assert.Equal(
            ("https://pay.example/1?a=%2F", "https://doc.example/1"),
            (invoice.PaymentUrl, invoice.DocumentUrl)
        );
        Assert.Equal(("PO 1", "B 1"), (invoice.OrderReference, invoice.BuyerReference));
        Assert.Equal(new BankTransfer("DE89370400440532013000", "COBADEFFXXX", "RF18", "Seller"), invoice.Payment);
        Assert.Equal(new InvoiceLine("Nails, steel", "3.50", new Money(-100, "EUR")), Assert.Single(invoice.Lines));
        Assert.Equal(("vip", "north"), (Assert.Single(invoice.Tags), invoice.Metadata["region"]));
        Assert.Equal(
            new DunningInstruction
            {
                Policy = "gentle",
                PausedUntil = new(2026, 3, 1),
                DoNotContact = true,
                Reason = "asked\nby phone",
            },
            invoice.Dunning
        );
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero).AddTicks(1234567), invoice.UpdatedAt);
        var customer = invoice.Customer;
        Assert.Equal(("c-1", "+4930123456", "DE1"), (customer.ExternalId, customer.Phone, customer.TaxId));
        Assert.Equal(("de-DE", "Europe/Berlin", "MY-02"), (customer.Locale, customer.TimeZone, customer.Country));
        Assert.Equal(
            new Contact("cfo@buyer.example", "cfo@buyer.example", null, "management", true),
            Assert.Single(customer.Contacts)
        );
    }

    [Theory]
    [InlineData("119.00", 11900)]
    [InlineData("\"119\"", 11900)]
    [InlineData("0.1", 10)]
    [InlineData("999999999999999.99", 99999999999999999)]
    public void An_amount_is_read_to_the_letter(string literal, long cents) =>
        Assert.Equal(cents, SampleJson.ReadValid($$"""{"amountDue":{{literal}}}""").AmountDue.Minor);

    [Fact]
    public void What_form_tools_send_for_empty_fields_is_absent()
    {
        var invoice = SampleJson.ReadValid(
            """{"currency":"eur","dueDate":"","amountTotal":"","kind":"","payment":"","tags":"","metadata":{"a":""},"customer":{"email":"","contacts":""}}"""
        );

        Assert.Equal("EUR", invoice.AmountDue.Currency);
        Assert.Null(invoice.DueDate);
        Assert.Null(invoice.Payment);
        Assert.Null(invoice.Customer.Email);
        Assert.Empty(invoice.Metadata);
    }

    [Fact]
    public void Only_a_credit_note_may_be_negative() =>
        Assert.Equal(
            -500,
            SampleJson.ReadValid("""{"kind":"creditNote","amountDue":"-5.00","amountTotal":"-9"}""").AmountDue.Minor
        );

    [Fact]
    public void Controls_that_turn_the_reading_direction_are_taken_out_of_names() =>
        Assert.Equal(
            "Buyer HbmG",
            SampleJson.ReadValid("""{"customer":{"name":"Buyer \u202EHbmG\u2069\u200F"}}""").Customer.Name
        );

    [Fact]
    public void Unknown_fields_do_not_vanish_silently()
    {
        var reading = SampleJson.ReadWith(
            """{"duedate":"2026-01-31","zzz/~":1,"customer":{"e-mail":"x","time_zone":"x"}}"""
        );

        Assert.NotNull(reading.Document);
        Assert.Equal(
            [
                "Unknown field #/customer/e-mail was ignored; did you mean email?",
                "Unknown field #/customer/time_zone was ignored; did you mean timeZone?",
                "Unknown field #/duedate was ignored; did you mean dueDate?",
                "Unknown field #/zzz~1~0 was ignored",
            ],
            reading.Warnings
        );
    }

    [Fact]
    public void Unknown_fields_are_problems_when_the_sender_wants_to_know()
    {
        var reading = SampleJson.ReadWith("""{"amountdeu":"1"}""", strict: true);

        Assert.Null(reading.Document);
        Assert.Equal(
            new FieldProblem("#/amountdeu", "unknown_field", "Unknown field #/amountdeu; did you mean amountDue?"),
            Assert.Single(reading.Problems)
        );
    }

    [Theory]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("\"invoice\"")]
    [InlineData("[]")]
    [InlineData("[{},{}]")]
    public void Anything_but_one_object_is_refused_as_a_whole(string json) =>
        Assert.Equal(
            ("#", "wrong_type"),
            Assert.Single(Read(json).Problems.Select(problem => (problem.Pointer, problem.Code)))
        );

    [Fact]
    public void An_array_of_one_is_that_one() =>
        Assert.Contains(Read("[{}]").Problems, problem => problem.Pointer == "#/number");

    private static InvoiceReading Read(string json)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
        return JsonInvoice.Read(document.RootElement);
    }
}
