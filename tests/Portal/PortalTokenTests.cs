using System.Globalization;
using Dunning.PortalLinks;
using Dunning.Receivables;

namespace Dunning.Tests.Portal;

public sealed class PortalTokenTests
{
    private static readonly PortalKey _key = new([1, 2, 3]);
    private static readonly DateOnly _today = new(2026, 3, 2);

    private static readonly Customer _customer = new()
    {
        Id = CustomerId.OfExternalId("api", "amberley"),
        Name = "Amberley",
        PortalLinkEpoch = 17,
    };

    [Theory]
    [InlineData(null, "2026-04-16")]
    [InlineData("2026-03-10", "2026-04-16")]
    [InlineData("2026-05-01", "2026-05-31")]
    [InlineData("2027-01-01", "2026-08-29")]
    public void A_link_lives_45_days_or_30_after_the_last_due_date_and_180_at_most(string? due, string lastDay)
    {
        var token = PortalToken.Create(
            _customer,
            "a message",
            _today,
            due is null ? null : DateOnly.Parse(due, CultureInfo.InvariantCulture)
        );

        Assert.Equal(DateOnly.Parse(lastDay, CultureInfo.InvariantCulture), token.LastDay);
    }

    [Fact]
    public void What_was_written_with_the_key_is_read_and_nothing_else()
    {
        var token = PortalToken.Create(_customer, "a message", _today, lastDueDate: null);
        var text = token.Write(_key);

        Assert.Equal(token, PortalToken.Read(_key, text));
        Assert.Null(PortalToken.Read(new PortalKey([1, 2, 4]), text));
        Assert.Null(PortalToken.Read(_key, text[..^1]));
        Assert.Null(PortalToken.Read(_key, text + "A"));
        Assert.Null(PortalToken.Read(_key, ""));
    }

    [Fact]
    public void One_message_has_one_link_however_often_it_is_made_and_another_one_another()
    {
        string LinkOf(string message) => PortalToken.Create(_customer, message, _today, lastDueDate: null).Write(_key);

        Assert.Equal(LinkOf("a"), LinkOf("a"));
        Assert.NotEqual(LinkOf("a"), LinkOf("b"));
    }
}
