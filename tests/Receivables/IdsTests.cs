using Dunning.Receivables;

namespace Dunning.Tests.Receivables;

public sealed class IdsTests
{
    private const string Known = "c0123456789abcdef";

    [Fact]
    public void An_id_never_changes_its_value()
    {
        // Ids are stored in every row: a change here would orphan all customers and invoices.
        Assert.Equal("ch7s4txafw3j8wmrs", CustomerId.OfExternalId("api", "k-1").Value);
        Assert.Equal("ihsvgvs4twymz8hja", InvoiceId.Create(new CustomerId(Known), "api", "a-1").Invoice);
        Assert.Equal(Guid.Parse("4da18172-0caa-839a-8a7d-c9174a4eaf01"), Ids.Uuid("dunning/notice/c/n"));
    }

    [Fact]
    public void A_customer_is_known_by_its_id_in_the_source() =>
        Assert.NotEqual(CustomerId.OfExternalId("ubl", "k-1"), CustomerId.OfExternalId("api", "k-1"));

    [Fact]
    public void Without_an_id_all_that_tells_firms_apart_counts_and_capitals_do_not()
    {
        var known = CustomerId.OfParty("api", "Alpha GmbH", "ap@x.example", "DE1");
        Assert.Equal(known, CustomerId.OfParty("api", " ALPHA  GmbH ", "AP@X.example", "DE1"));

        CustomerId[] others =
        [
            known,
            CustomerId.OfParty("ubl", "Alpha GmbH", "ap@x.example", "DE1"),
            CustomerId.OfParty("api", "Beta GmbH", "ap@x.example", "DE1"),
            CustomerId.OfParty("api", "Alpha GmbH", "ap@y.example", "DE1"),
            CustomerId.OfParty("api", "Alpha GmbH", "ap@x.example", "DE2"),
            CustomerId.OfParty("api", "Alpha GmbH", "ap@x.example", "AT"),
            CustomerId.OfParty("api", "Alpha GmbH", "+4512345678", null),
        ];
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public void Ids_are_a_letter_and_sixteen_characters_that_no_key_needs_to_escape()
    {
        for (var n = 0; n < 200; n++)
        {
            var id = InvoiceId.Create(CustomerId.OfExternalId("api", $"k{n}"), "api", $"a/{n}");

            Assert.Matches("^c[0-9a-hj-km-np-tv-z]{16}-i[0-9a-hj-km-np-tv-z]{16}$", id.ToString());
            Assert.True(InvoiceId.TryParse(id.ToString(), out var read));
            Assert.Equal(id, read);
        }
    }

    [Fact]
    public void Source_and_external_id_do_not_run_into_each_other() =>
        Assert.NotEqual(
            InvoiceId.Create(new CustomerId(Known), "api", "x"),
            InvoiceId.Create(new CustomerId(Known), "ap", "ix")
        );

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1042")]
    [InlineData("c0123456789abcdef")]
    [InlineData("i0123456789abcdef-c0123456789abcdef")]
    [InlineData("c0123456789abcdef-i0123456789abcde")]
    [InlineData("c0123456789abcdef-i0123456789abcdef-")]
    [InlineData("c0123456789abcde/-i0123456789abcdef")]
    [InlineData("c0123456789abcdef-i0123456789abcd_f")]
    public void Anything_else_is_no_invoice_id(string? text)
    {
        Assert.False(InvoiceId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void A_uuid_says_that_it_is_name_based_of_version_8()
    {
        for (var n = 0; n < 100; n++)
        {
            var text = Ids.Uuid($"n{n}").ToString();
            Assert.Equal('8', text[14]);
            Assert.Contains(text[19], "89ab");
        }
        Assert.Equal(100, Enumerable.Range(0, 100).Select(n => Ids.Uuid($"n{n}")).Distinct().Count());
    }
}
