using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dunning.Invoices.Formats;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices.Formats;

/// <summary>Compares with the values that an independent extractor read from 101 real files.</summary>
public sealed partial class XmlFixtureTests
{
    private const string Expectations = "expected.json";

    /// <summary>Invalid files, with the expected problem.</summary>
    private static readonly Dictionary<string, string> _refused = new()
    {
        ["cii/zugferd-csharp/zugferd22-zugferd_23_local_namespaces.xml"] = "required", // contains no invoice
    };

    /// <summary>Fictitious account numbers with a wrong checksum: omitted with a warning.</summary>
    private static readonly HashSet<string> _invalidIbans =
    [
        "DE12345678912345678912",
        "DE1212344321987600",
        "DE20500800300711318301",
        "DE12123456789012345678",
    ];

    public static TheoryData<string> Files => InvoiceFixtures.Names(Expectations);

    [FixtureTheory]
    [MemberData(nameof(Files))]
    public void A_real_file_gives_what_stands_in_it(string file)
    {
        var expected = InvoiceFixtures.Expected(Expectations, file);
        var reading = InvoiceFixtures.Read(file);
        if (_refused.TryGetValue(file, out var code))
        {
            Assert.Contains(reading.Problems, problem => problem.Code == code);
            return;
        }
        Assert.Empty(reading.Problems);
        Matches(expected, reading.Document!);
        Matches(expected, reading.Document!.Customer);
    }

    private static void Matches(JsonElement expected, InvoiceDocument invoice)
    {
        string? Text(string name) => Folded(expected.GetProperty(name).GetString());

        Assert.Equal(Text("syntax"), invoice.Source.ToUpperInvariant());
        Assert.Equal(Text("number"), invoice.Number);
        Assert.EndsWith($"/{Text("issueDate")![..4]}/{Text("number")}", invoice.ExternalId, StringComparison.Ordinal);
        Assert.Equal(Text("issueDate")![..10], invoice.IssueDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(Text("dueDate"), invoice.DueDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(Text("currency"), invoice.AmountDue.Currency);
        var payable = decimal.Parse(Text("payable")!, CultureInfo.InvariantCulture);
        Assert.Equal(payable * 100, invoice.AmountDue.Minor);
        Assert.Equal(payable == 0 ? SourceStatus.Paid : SourceStatus.Open, invoice.Status);
        Assert.Equal(
            Text("kind") == "CreditNote" || payable < 0 ? InvoiceKind.CreditNote : InvoiceKind.Invoice,
            invoice.Kind
        );
        Assert.Equal(Text("paymentTerms"), Folded(invoice.PaymentTermsText));
        Assert.Equal(Text("orderReference"), invoice.OrderReference);
        Assert.Equal(Text("buyerReference"), invoice.BuyerReference);
        Assert.Equal(Text("precedingInvoice"), invoice.PrecedingInvoice);
        Assert.Equal(Text("paymentId"), invoice.Payment?.Reference);
        Assert.Equal(Ibans(expected).FirstOrDefault(iban => !_invalidIbans.Contains(iban)), invoice.Payment?.Iban);
        Assert.Equal(expected.GetProperty("lines").GetInt32(), invoice.Lines.Count);
    }

    private static void Matches(JsonElement expected, CustomerDocument buyer)
    {
        string? Text(string name) => Folded(expected.GetProperty(name).GetString());

        Assert.Equal(Text("buyerName"), buyer.Name);
        Assert.Equal(Text("buyerEmail"), buyer.Email);
        Assert.Equal(Text("buyerContactName"), buyer.Contacts.SingleOrDefault()?.Name);
        Assert.Equal(
            Text("buyerPhone")?.StartsWith('+'),
            buyer.Phone is null
                ? Text("buyerPhone") is null
                    ? null
                    : false
                : true
        );
        Assert.Equal(Text("buyerEndpointScheme") == "EM" ? Text("buyerEndpoint") : null, buyer.SuggestedEmail);
    }

    private static IEnumerable<string> Ibans(JsonElement expected) =>
        expected
            .GetProperty("ibans")
            .EnumerateArray()
            .Select(iban => iban.GetString()!.Replace(" ", "", StringComparison.Ordinal));

    private static string? Folded(string? text) => text is null ? null : Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
