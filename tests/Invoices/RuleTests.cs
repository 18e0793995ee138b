using Dunning.Http;
using Dunning.Http.Validation;

namespace Dunning.Tests.Invoices;

public sealed class RuleTests
{
    [Theory]
    [InlineData("ap@buyer.example", "ap@buyer.example")]
    [InlineData(" first.last+tag@sub.buyer.example ", "first.last+tag@sub.buyer.example")]
    [InlineData("o'brien@buyer.example", "o'brien@buyer.example")]
    [InlineData("rechnung@müller.example", "rechnung@xn--mller-kva.example")]
    [InlineData("so\u0308ren@buyer.example", "sören@buyer.example")]
    [InlineData("用户@例え.example", "用户@xn--r8jz45g.example")]
    public void An_address_that_mail_can_go_to_is_taken(string text, string address) =>
        Assert.Equal(address, EmailRule.EmailAddress.Check(text).Value);

    [Theory]
    [InlineData("@buyer.example")]
    [InlineData("ap@")]
    [InlineData("ap@localhost")]
    [InlineData("ap@[127.0.0.1]")]
    [InlineData("ap@127.0.0.1")]
    [InlineData("a..b@buyer.example")]
    [InlineData(".a@buyer.example")]
    [InlineData("a b@buyer.example")]
    [InlineData("ap@-buyer.example")]
    [InlineData("ap@buyer..example")]
    public void An_address_that_mail_cannot_go_to_is_refused(string text) =>
        Assert.Equal("not_an_email", EmailRule.EmailAddress.Check(text).Error?.Code);

    [Fact]
    public void An_address_has_the_lengths_of_RFC_5321()
    {
        var local = new string('l', 64);
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 61), 3)) + ".aa";

        Assert.Null(EmailRule.EmailAddress.Check($"{local}@{domain}").Error);
        Assert.Equal("too_long", EmailRule.EmailAddress.Check($"{local}l@buyer.example").Error?.Code);
        Assert.Equal("too_long", EmailRule.EmailAddress.Check($"{local}@a.{domain}").Error?.Code);
    }

    [Theory]
    [InlineData("+49 (0)30 1234-567", "+49301234567")]
    [InlineData("0049 30/1234567", "+49301234567")]
    [InlineData("0800 123456", null)]
    [InlineData("[+49 30 123456]", null)]
    [InlineData("+49 30", null)]
    public void A_written_number_is_taken_only_with_its_country(string written, string? phone) =>
        Assert.Equal(phone, PhoneRules.WrittenPhone.Check(written) is { Error: null } taken ? taken.Value : null);

    [Theory]
    [InlineData("12345678", true)]
    [InlineData("5050-1055", true)]
    [InlineData("8601 11 17947", true)]
    [InlineData("A/1234567-8", true)]
    [InlineData("1ABC", true)]
    [InlineData("1-ABCDEF", true)]
    [InlineData("ABC1", true)]
    [InlineData("ABCD", false)]
    [InlineData("see our website", false)]
    [InlineData("123", false)]
    [InlineData("-1234", false)]
    [InlineData("1234/", false)]
    public void An_account_number_has_a_digit_at_any_place(string text, bool isTaken) =>
        Assert.Equal(isTaken, BankRules.AccountNumber.Check(text).Error is null);

    [Theory]
    [InlineData("2026-01-31", true)]
    [InlineData("2026-01-31+01:00", true)]
    [InlineData("2026-01-31Z", true)]
    [InlineData("20260131", true)]
    [InlineData("202601311215", true)]
    [InlineData("202605", false)]
    [InlineData("2026-01-31T00:00:00", false)]
    public void A_date_in_xml_is_a_day_with_or_without_zone(string text, bool isDay) =>
        Assert.Equal(isDay ? new DateOnly(2026, 1, 31) : default, DateRules.XmlDate.Check(text).Value);

    [Theory]
    [InlineData("2026-01-31T09:30:00Z")]
    [InlineData("2026-01-31t11:30:00.0+02:00")]
    [InlineData("2026-01-31 09:30:00.000000000z")]
    public void An_instant_is_known_by_its_offset(string text) =>
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 9, 30, 0, TimeSpan.Zero), DateRules.Instant.Check(text).Value);

    [Theory]
    [InlineData("due_date", "dueDate")]
    [InlineData("DUEDATE", "dueDate")]
    [InlineData("dueDte", "dueDate")]
    [InlineData("id", null)]
    [InlineData("somethingElse", null)]
    public void A_slip_of_the_fingers_is_recognised(string unknown, string? meant) =>
        Assert.Equal(meant, DidYouMean.Nearest(unknown, ["issueDate", "dueDate", "cc"]));
}
