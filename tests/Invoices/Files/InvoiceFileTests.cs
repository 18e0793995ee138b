using System.Text;
using Dunning.Http;
using Dunning.Invoices.Files;
using Dunning.Invoices.Formats;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices.Files;

/// <summary>Exports of accounting tools: what is read, what is passed over, what is asked or refused.</summary>
public sealed class InvoiceFileTests
{
    private const string Csv = InvoiceFileInput.CsvFormat;

    [Fact]
    public void Rows_of_one_invoice_are_one_and_an_ambiguous_day_is_asked_for()
    {
        var text = """
            *ContactName,EmailAddress,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Currency,Type,Status
            Smith,ap@smith.example,INV-1,01/12/2025,31/12/2025,1440.00,1440.00,GBP,Sales invoice,Awaiting Payment
            Smith,ap@smith.example,INV-1,01/12/2025,31/12/2025,1440.00,1440.00,GBP,Sales invoice,Awaiting Payment
            Paid,,INV-2,01/11/2025,01/12/2025,120.00,0.00,GBP,Sales invoice,Paid
            Credit,,CN-1,01/11/2025,01/12/2025,20.00,20.00,GBP,Sales credit note,Awaiting Payment
            Draft,,INV-4,01/11/2025,01/12/2025,20.00,20.00,GBP,Sales invoice,Draft
            Odd,,INV-5,01/11/2025,01/12/2025,20.00,20.00,GBP,Sales invoice,Simmering
            """;
        var question = Assert.Single(Read(text).Questions);
        Assert.Equal(("#/dateFormat", "date_order_unknown"), (question.Pointer, question.Code));
        Assert.Contains("Row 2, 'InvoiceDate': '01/12/2025'", question.Detail, StringComparison.Ordinal);

        var file = Read(text, new() { DateFormat = "dd/MM/yyyy" });

        Assert.Empty(file.Questions);
        Assert.Equal(
            [
                "2,3 INV-1 2025-12-01 2025-12-31 1440.00 GBP invoice open ap@smith.example",
                "4 INV-2 2025-11-01 2025-12-01 0.00 GBP invoice paid ",
                "5 CN-1 2025-11-01 2025-12-01 -20.00 GBP creditNote open ",
                "6 skipped: it is a draft: the customer has not got it",
                "7 refused: Row 7, 'Status': 'Simmering' is not known",
            ],
            file.Invoices.Select(Line)
        );
    }

    [Fact]
    public void Rows_that_contradict_each_other_are_refused_with_both_named()
    {
        var file = Read(
            """
            number,issueDate,dueDate,currency,amountDue,customerName
            2026-0042,2026-01-01,2026-01-31,EUR,10.00,Alpha
            2026-0043,2026-01-01,2026-01-31,EUR,10.00,Alpha
            2026-0042,2026-01-01,2026-01-31,EUR,10.00,Beta
            Total,,,,30.00,
            """
        );

        Assert.Equal(
            [
                "2,4 refused: Rows 2 and 4 have the number 2026-0042 with different 'customerName'. Which is right?",
                "3 2026-0043 2026-01-01 2026-01-31 10.00 EUR invoice open ",
                "5 skipped: it is a total",
            ],
            file.Invoices.Select(Line)
        );
    }

    [Fact]
    public void A_customer_that_is_called_Total_is_no_total_and_one_number_of_two_customers_is_two_invoices()
    {
        var file = Read(
            """
            Invoice Date,Due Date,Invoice Number,Invoice Reference,Current,Total
            Alpha,,,,,
            2025-12-01,2025-12-31,INV-1,,0.00,10.00
            Total Alpha,,,,0.00,10.00
            Total Energies,,,,,
            2025-12-01,2025-12-31,INV-1,,0.00,20.00
            Total Total Energies,,,,0.00,20.00
            2025-12-01,2025-12-31,INV-9,,0.00,30.00
            """,
            new() { CurrencyCode = "EUR" }
        );

        Assert.Equal(
            ["Alpha 10.00", "Total Energies 20.00", " 30.00"],
            file.Invoices.Where(one => one.Json is not null)
                .Select(one =>
                    $"{JsonInvoiceFile.TextOf(one.Json!["customer"], "name")} "
                    + JsonInvoiceFile.TextOf(one.Json, "amountDue")
                )
        );
    }

    [Fact]
    public void What_the_file_does_not_say_is_asked_for_once()
    {
        var file = Read(
            """
            Num;When;Sum;Who
            1;2026-01-01;1.190;Alpha
            2;2026-01-01;2.190;Beta
            """,
            new()
            {
                Columns = new Dictionary<InvoiceField, string>
                {
                    [InvoiceField.Number] = "num",
                    [InvoiceField.DueDate] = "When",
                    [InvoiceField.AmountDue] = "Sum",
                    [InvoiceField.CustomerName] = "Who",
                },
            }
        );

        Assert.Equal(["#/decimal", "#/currencyCode"], file.Questions.Select(question => question.Pointer));
        Assert.Contains("Row 2, 'Sum': '1.190'", file.Questions[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2", "The header is none that is known: 'a', 'b'")]
    [InlineData("", "The header is none that is known")]
    public void A_header_that_is_not_known_is_refused_with_what_was_found(string text, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<UnreadableDocumentException>(() => Read(text)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_deleted_or_voided_or_paid_invoice_of_QuickBooks_is_not_asked_for()
    {
        const string rest = """
            "TxnDate":"2025-12-01","CurrencyRef":{"value":"USD"},"CustomerRef":{"value":"1","name":"Amy"}
            """;
        var file = ReadJson(
            $$$"""
            {"QueryResponse":{"Invoice":[
              {"Id":"1","DocNumber":null,"TotalAmt":10,"Balance":0,{{{rest}}}},
              {"Id":"2","DocNumber":"B","TotalAmt":0,"Balance":0,"PrivateNote":"Voided",{{{rest}}}},
              {"Id":"3","status":"Deleted"}]}}
            """
        );

        Assert.Equal(
            [
                "1 1 2025-12-01  0 USD invoice paid ",
                "2 B 2025-12-01  0 USD invoice void ",
                "3 refused: Invoice 3 was deleted",
            ],
            file.Invoices.Select(Line)
        );
    }

    /// <summary>Every CSV and JSON file of the shared fixtures, and what becomes of each of its invoices.</summary>
    [Theory]
    [InlineData("csv/xero-sales-invoices.uk-dates.csv", "#/dateFormat")]
    [InlineData("csv/xero-aged-receivables-detail.csv", "#/currencyCode")]
    [InlineData("csv/quickbooks-ar-aging-detail.csv", "#/dateFormat #/currencyCode")]
    [InlineData("csv/zoho-books-invoice.csv", "")]
    [InlineData("csv/freshbooks-invoice-details.csv", "")]
    [InlineData("csv/formula-injection.csv", "")]
    public void What_a_fixture_leaves_open_is_asked_for(string name, string expected)
    {
        if (SharedFixtures.Root is not null)
            Assert.Equal(expected, string.Join(' ', ReadFixture(name, new()).Questions.Select(one => one.Pointer)));
    }

    [Theory]
    [InlineData(
        "csv/xero-sales-invoices.uk-dates.csv",
        "2,3 INV-0041 2025-12-01 2025-12-31 1440.00 GBP invoice open ap@smithjones.example",
        "4 INV-0042 2025-12-05 2026-01-04 35.00 GBP invoice open ",
        "5 INV-0040 2025-11-01 2025-12-01 0.00 GBP invoice paid ap@paid.example",
        "6 CN-0003 2025-12-02  -120.00 GBP creditNote open ap@credit.example"
    )]
    [InlineData(
        "csv/xero-aged-receivables-detail.csv",
        "8 INV-0041 2025-12-01 2025-12-31 1440.00 GBP invoice open ",
        "9 skipped: it is a total",
        "11 skipped: it is a total"
    )]
    [InlineData(
        "csv/quickbooks-ar-aging-detail.csv",
        "6 skipped: it has neither a number nor a customer: a title or the name of a group",
        "7 1042 2025-12-01 2025-12-31 4250.00 GBP invoice open ",
        "8 1043 2025-12-03 2025-12-03 -100.00 GBP creditNote open ",
        "9 skipped: it is a payment: import the bank statement, or record it",
        "10 skipped: it is a total",
        "11 skipped: it is a total"
    )]
    [InlineData(
        "csv/zoho-books-invoice.csv",
        "2,3 INV-000104 2025-12-01 2025-12-31 819.20 INR invoice open ",
        "4 INV-000105 2025-12-05 2026-01-04 0.00 INR invoice void "
    )]
    [InlineData(
        "csv/freshbooks-invoice-details.csv",
        "2,3 000101 2025-12-01 2025-12-31 735.00 CAD invoice open ",
        "4 000102 2025-12-02 2026-01-01 0 CAD invoice paid ",
        "5 skipped: it is a draft: the customer has not got it"
    )]
    [InlineData(
        "csv/formula-injection.csv",
        "2 INV-1 2025-12-01 2025-12-31 100.00 EUR invoice open ap@a.example",
        "3 INV-2 2025-12-01 2025-12-31 100.00 EUR invoice open ap@a.example"
    )]
    [InlineData(
        "json/api-invoice.minimal.json",
        "1 1042 2025-12-01 2025-12-31 2250.00 USD invoice open ap@birds.example"
    )]
    [InlineData(
        "json/quickbooks-invoice.json",
        "1 1042 2025-12-01 2025-12-31 2250.0 USD invoice open ap@birds.example"
    )]
    [InlineData("json/quickbooks-invoice-voided.json", "1 1036 2025-11-09 2025-12-09 0 EUR invoice void ")]
    [InlineData("json/quickbooks-invoice-deleted.json", "1 refused: Invoice 33 was deleted")]
    [InlineData("json/xero-invoice.json", "1 INV-0006 2019-03-07 2019-03-13 0.0 NZD invoice paid liam@rockstar.com")]
    [InlineData(
        "json/xero-invoices-page.json",
        "1 INV-0001 2018-10-20 2018-12-30 0.0 NZD invoice void ",
        "2 INV-0002 2018-10-20 2018-12-30 0.0 NZD invoice paid ",
        "3 INV-0003 2018-11-02 2018-11-07 115.0 NZD invoice open "
    )]
    [InlineData("json/xero-online-invoice.json", "unsupported-document")]
    [InlineData("json/xero-payment.json", "unsupported-document")]
    [InlineData("json/xero-aged-receivables-by-contact.json", "unsupported-document")]
    public void A_fixture_is_read_as_it_is(string name, params string[] expected)
    {
        if (SharedFixtures.Root is null)
            return;
        var options = new InvoiceFileOptions
        {
            DateFormat =
                name.Contains("uk-dates", StringComparison.Ordinal) ? "dd/MM/yyyy"
                : name.Contains("quickbooks-ar", StringComparison.Ordinal) ? "MM/dd/yyyy"
                : null,
            CurrencyCode = name.StartsWith("csv", StringComparison.Ordinal) ? "GBP" : "EUR",
        };

        if (expected is ["unsupported-document"])
            Assert.Equal(
                expected[0],
                Assert.Throws<UnreadableDocumentException>(() => ReadFixture(name, options)).Problem
            );
        else
            Assert.Equal(expected, ReadFixture(name, options).Invoices.Select(Line));
    }

    [Fact]
    public void A_German_file_in_Windows_1252_is_read_with_its_columns_named()
    {
        if (SharedFixtures.Root is null)
            return;
        var file = ReadFixture(
            "csv/german-semicolon-windows1252.csv",
            new()
            {
                Columns = new Dictionary<InvoiceField, string>
                {
                    [InvoiceField.Number] = "Rechnungsnummer",
                    [InvoiceField.IssueDate] = "Rechnungsdatum",
                    [InvoiceField.DueDate] = "Fällig am",
                    [InvoiceField.AmountDue] = "Offen",
                    [InvoiceField.Currency] = "Währung",
                    [InvoiceField.CustomerName] = "Kunde",
                    [InvoiceField.CustomerEmail] = "E-Mail",
                },
            }
        );

        Assert.Empty(file.Questions);
        var invoice = Assert.Single(file.Invoices);
        Assert.Equal(
            "2 RE-2025-0113 2025-12-01 2025-12-31 1190.00 EUR invoice open buchhaltung@mueller.example",
            Line(invoice)
        );
        Assert.Equal("Müller & Söhne GmbH", JsonInvoiceFile.TextOf(invoice.Json!["customer"], "name"));
    }

    private static string Line(FileInvoice invoice)
    {
        var rows = string.Join(',', invoice.Rows);
        if (invoice.Skipped is { } why)
            return $"{rows} skipped: {why}";
        if (invoice.Json is null)
            return $"{rows} refused: {invoice.Problems[0].Detail.Split(", and nothing")[0].Split("; it may")[0]}";
        string? Text(string name) => JsonInvoiceFile.TextOf(invoice.Json, name);
        return $"{rows} {Text("number")} {Text("issueDate")} {Text("dueDate")} {Text("amountDue")} {Text("currency")} "
            + $"{Text("kind") ?? "invoice"} {Text("status") ?? "open"} "
            + JsonInvoiceFile.TextOf(invoice.Json["customer"], "email");
    }

    private static InvoiceFile Read(string text, InvoiceFileOptions? options = null) =>
        new InvoiceFileInput(Encoding.UTF8.GetBytes(text), Csv, options ?? new(), IsDryRun: true).Read();

    private static InvoiceFile ReadJson(string text) =>
        new InvoiceFileInput(Encoding.UTF8.GetBytes(text), DocumentFormat.Json, new(), IsDryRun: true).Read();

    private static InvoiceFile ReadFixture(string name, InvoiceFileOptions options) =>
        new InvoiceFileInput(
            File.ReadAllBytes(Path.Combine(SharedFixtures.Root!, "invoices", name)),
            name.StartsWith("csv", StringComparison.Ordinal) ? Csv : DocumentFormat.Json,
            options,
            IsDryRun: true
        ).Read();
}
