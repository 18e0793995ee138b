using System.Text;
using Dunning.Invoices;
using Dunning.Invoices.Formats;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices;

/// <summary>
/// What a source has emptied is removed; what it leaves out stays (shared/fixtures/reports, section 13).
/// </summary>
public sealed class CustomerFieldRemovalTests
{
    private const string Full = """
        "email":"ap@buyer.example","phone":"+4930123456","locale":"de","timeZone":"Europe/Berlin","country":"DE",
        "taxId":"DE1","contacts":[{"name":"Boss","email":"boss@buyer.example","cc":true}]
        """;

    [Fact]
    public void What_is_absent_stays() => Assert.Equal(Customer(Full), Updated(""" "externalId":null """), Same);

    [Fact]
    public void An_empty_text_is_absent_because_form_tools_send_every_field() =>
        Assert.Equal(Customer(Full), Updated(""" "email":"","phone":" " """), Same);

    [Theory]
    [InlineData("email")]
    [InlineData("phone")]
    [InlineData("locale")]
    [InlineData("timeZone")]
    [InlineData("country")]
    [InlineData("taxId")]
    public void Null_removes_one_field_and_no_other(string field)
    {
        var (before, after) = (Customer(Full), Updated($"\"{field}\":null"));
        object? Value(Customer customer, string name) =>
            typeof(Customer).GetProperty(char.ToUpperInvariant(name[0]) + name[1..])!.GetValue(customer);

        Assert.Null(Value(after, field));
        foreach (var other in new[] { "email", "phone", "locale", "timeZone", "country", "taxId" }.Except([field]))
            Assert.Equal(Value(before, other), Value(after, other));
        Assert.Single(after.Contacts);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public void An_empty_list_removes_the_contacts(string list) =>
        Assert.Empty(Updated($"\"contacts\":{list}").Contacts);

    [Fact]
    public void With_nobody_left_the_invoice_needs_a_contact()
    {
        var intake = Update(""" "email":null,"phone":null,"contacts":[] """);
        Assert.Equal("needsContact", intake.Invoice.StateFor(intake.Customer));
        Assert.Null(intake.Invoice.Dunning.Next);
    }

    private static bool Same(Customer a, Customer b) =>
        (a.Email, a.Phone, a.Locale, a.TimeZone, a.Country, a.TaxId, a.Contacts.Count)
        == (b.Email, b.Phone, b.Locale, b.TimeZone, b.Country, b.TaxId, b.Contacts.Count);

    private static Customer Customer(string fields) => Decide(fields, null).Customer;

    private static Customer Updated(string fields) => Update(fields).Customer;

    private static IntakeDecision Update(string fields) => Decide(fields, Decide(Full, null));

    private static InvoiceDocument Read(string json)
    {
        using var document = JsonInvoice.Parse(Encoding.UTF8.GetBytes(json));
        var reading = JsonInvoice.Read(document.RootElement);
        Assert.Empty(reading.Problems);
        return reading.Document!;
    }

    private static IntakeDecision Decide(string fields, IntakeDecision? stored) =>
        IntakeDecision.Decide(
            Read(
                $$"""
                {"externalId":"a-1","number":"1042","issueDate":"2026-01-01","dueDate":"2026-01-31","currency":"EUR",
                 "amountDue":"{{(stored is null ? 119 : 120)}}","customer":{"name":"Buyer GmbH",{{fields}} } }
                """
            ),
            new StoredInvoice(
                InvoiceId.Create(TestData.CustomerId, "api", "a-1"),
                stored is null ? null : TestData.Account(stored.Customer, stored.Invoice),
                stored is null ? null : TestData.Versioned(stored.Invoice)
            ),
            Rules.Default,
            TestData.Time("2026-01-05T10:00Z")
        );
}
