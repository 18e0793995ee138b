using Dunning.Http;
using Dunning.Invoices.Formats;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices.Formats;

public sealed class HostileXmlTests
{
    private const string Expectations = "hostile/EXPECTED.json";

    /// <summary>The expectations were written when these were refused.</summary>
    private static readonly string[] _isTaken = ["buyer-email-header-injection.xml", "due-before-issue.xml"];

    public static TheoryData<string> Files => InvoiceFixtures.Names(Expectations);

    [FixtureTheory]
    [MemberData(nameof(Files))]
    public void A_hostile_file_ends_as_it_should(string file) =>
        Assert.Equal(
            _isTaken.Contains(file)
                ? "accept"
                : InvoiceFixtures.Expected(Expectations, file).GetString()!.Split([' ', ':', ';', ','])[0],
            Outcome($"hostile/{file}")
        );

    [FixtureTheory]
    [InlineData("buyer-email-header-injection.xml", "#/customer/email was left out")]
    [InlineData("due-before-issue.xml", "#/dueDate: ")]
    public void A_claim_is_taken_whatever_its_contact_and_dates(string file, string warning) =>
        Assert.Contains(
            InvoiceFixtures.Read($"hostile/{file}").Warnings,
            sentence => sentence.StartsWith(warning, StringComparison.Ordinal)
        );

    [FixtureTheory]
    [InlineData("currency-mismatch.xml", "#/amountDue", "currency_mismatch")]
    [InlineData("currency-unknown.xml", "#/currency", "unknown_currency")]
    [InlineData("exponent-amount.xml", "#/amountDue", "not_a_decimal")]
    [InlineData("huge-amount.xml", "#/amountDue", "too_large")]
    [InlineData("impossible-date.xml", "#/dueDate", "not_a_date")]
    [InlineData("three-decimals-eur.xml", "#/amountDue", "too_many_decimals")]
    public void A_refusal_points_at_the_field(string file, string where, string code) =>
        Assert.Equal(
            (where, code),
            Assert.Single(
                InvoiceFixtures.Read($"hostile/{file}").Problems.Select(problem => (problem.Pointer, problem.Code))
            )
        );

    [FixtureFact]
    public void What_is_accepted_means_what_it_says()
    {
        Assert.Equal("Buyer HbmG", Accepted("buyer-name-bidi.xml").Customer.Name);
        Assert.Equal(Dunning.Receivables.InvoiceKind.CreditNote, Accepted("credit-note-type-381-in-invoice.xml").Kind);
        Assert.Equal(new Dunning.Receivables.Money(119125, "KWD"), Accepted("currency-kwd.xml").AmountDue);
        Assert.Equal(11900, Accepted("plus-sign-amount.xml").AmountDue.Minor);
        Assert.Equal(SourceStatus.Paid, Accepted("zero-payable.xml").Status);
    }

    [FixtureTheory]
    [InlineData("BASIC_Einfach")]
    [InlineData("COMFORT_Einfach")]
    [InlineData("COMFORT_Rabatte")]
    [InlineData("EXTENDED_Warenrechnung")]
    public void ZUGFeRD_1_is_not_supported(string profile)
    {
        var refusal = Assert.Throws<UnreadableDocumentException>(() =>
            InvoiceFixtures.Read($"cii/zugferd-csharp/zugferd10-ZUGFeRD_1p0_{profile}.xml")
        );
        Assert.Equal((422, "unsupported-document"), (refusal.Status, refusal.Problem));
    }

    private static InvoiceDocument Accepted(string file) => InvoiceFixtures.Read($"hostile/{file}").Document!;

    private static string Outcome(string file)
    {
        try
        {
            return InvoiceFixtures.Read(file).Document is null ? "422" : "accept";
        }
        catch (UnreadableDocumentException)
        {
            return "reject";
        }
    }
}
