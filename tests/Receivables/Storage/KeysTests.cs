using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Receivables.Storage;

public sealed class KeysTests
{
    private static readonly InvoiceId _id = InvoiceId.Create(TestData.CustomerId, "api", "1042");

    [Theory]
    [InlineData("2026-02-05T09:00Z", "2026-02-05T10:00Z")]
    [InlineData("2026-02-05T23:00Z", "2026-02-06T00:00Z")]
    [InlineData("2026-12-31T23:00Z", "2027-01-01T00:00Z")]
    [InlineData("2026-02-05T01:00+08:00", "2026-02-05T09:00Z")]
    public void Agenda_keys_sort_by_time_whatever_the_offset(string earlier, string later) =>
        Assert.True(
            string.CompareOrdinal(
                Keys.Agenda(false, TestData.Time(earlier), _id),
                Keys.Agenda(false, TestData.Time(later), _id)
            ) < 0
        );

    [Theory]
    [InlineData("2026-02-05T08:00Z", true)]
    [InlineData("2026-02-05T09:00Z", true)]
    [InlineData("2026-02-05T09:59Z", true)]
    [InlineData("2026-02-05T10:00Z", false)]
    public void A_scan_ends_after_the_hour_that_it_is(string at, bool isIn)
    {
        var end = Keys.AgendaEnd(upcoming: true, TestData.Time("2026-02-05T09:30Z"));

        Assert.Equal(isIn, string.CompareOrdinal(Keys.Agenda(true, TestData.Time(at), _id), end) < 0);
    }

    [Fact]
    public void An_agenda_key_contains_the_invoice()
    {
        Assert.Equal(
            (_id.Customer, _id.Invoice),
            Keys.FromIndex(Keys.Agenda(false, TestData.Time("2026-02-05T09:00Z"), _id))
        );
        Assert.StartsWith(
            "u_2026020509_",
            Keys.Agenda(true, TestData.Time("2026-02-05T09:00Z"), _id),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "a_2026020509_",
            Keys.Agenda(false, TestData.Time("2026-02-05T09:00Z"), _id),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_outbox_key_contains_the_notice_even_when_its_id_has_the_separator()
    {
        var notice = CustomerTransactionTests.Notice() with { Id = new("20260205_task_1") };

        Assert.Equal((TestData.CustomerId, "20260205_task_1"), Keys.FromIndex(Keys.Outbox(notice)));
    }

    [Fact]
    public void The_range_of_a_prefix_holds_what_starts_with_it_and_no_more()
    {
        var end = Keys.EndOf("p_c1_");

        Assert.True(string.CompareOrdinal("p_c1_~~~~\uffff", end) < 0);
        Assert.True(string.CompareOrdinal("p_c2_", end) > 0);
        Assert.Equal("p_c1`", end);
    }

    [Theory]
    [InlineData("plain-1.2:x@y", "plain-1.2:x@y")]
    [InlineData("a/b", "a~2fb")]
    [InlineData(@"a\b", "a~5cb")]
    [InlineData("a#b?c", "a~23b~3fc")]
    [InlineData("a_b~c", "a~5fb~7ec")]
    [InlineData("a\tb\u0000", "a~09b~00")]
    [InlineData("\u0085", "~c2~85")]
    [InlineData("æ 1", "~c3~a6~201")]
    [InlineData("", "")]
    public void What_a_key_may_not_hold_is_escaped(string text, string escaped) =>
        Assert.Equal(escaped, Keys.Escape(text));

    [Fact]
    public void A_name_too_long_for_a_key_becomes_its_hash()
    {
        var (longest, tooLong) = (new string('é', 100), new string('é', 100) + "x");

        Assert.Equal(600, Keys.Escape(longest).Length);
        Assert.Matches("^h[0-9a-z]{16}$", Keys.Escape(tooLong));
        Assert.NotEqual(Keys.Escape(tooLong), Keys.Escape(tooLong + "x"));
    }

    [Fact]
    public void Payments_of_two_providers_or_kinds_never_share_a_row()
    {
        var entry = new LedgerEntry("stripe", "pi/1", LedgerKind.Payment, _id.Invoice, TestData.Eur(1), default, "evt");

        Assert.Equal(
            $"p_{TestData.CustomerId}_{_id.Invoice}_stripe_payment_pi~2f1",
            Keys.Ledger(entry, TestData.CustomerId)
        );
        Assert.NotEqual(
            Keys.Ledger(entry, TestData.CustomerId),
            Keys.Ledger(entry with { Kind = LedgerKind.Refund }, TestData.CustomerId)
        );
        Assert.NotEqual(
            Keys.Ledger(entry with { Provider = "a_payment", ObjectId = "b" }, TestData.CustomerId),
            Keys.Ledger(entry with { Provider = "a", ObjectId = "payment_b" }, TestData.CustomerId)
        );
    }
}
