using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using FsCheck.Xunit;

namespace Dunning.Tests.Policies;

/// <summary>In which ways a step reaches a customer, by the customer's wishes and by what works.</summary>
public sealed class ChannelOrderTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-05T10:00Z");
    private static readonly PostalAddress _address = new() { Line1 = "1 Quay Street", City = "Bristol" };
    private static readonly Customer _reachable = TestData.Customer() with
    {
        Phone = "+447700900123",
        Address = _address,
    };

    [Fact]
    public void Without_a_wish_the_policy_decides() =>
        Assert.Equal([Channel.Email], ChannelsOf(_reachable, NoticeTone.Friendly, Channel.Email));

    [Theory]
    [InlineData(Channel.Letter)]
    [InlineData(Channel.Call)]
    [InlineData(Channel.Sms)]
    public void The_preferred_way_takes_the_place_of_the_first(Channel preferred) =>
        Assert.Equal(
            [preferred],
            ChannelsOf(_reachable with { Channels = [preferred, Channel.Email] }, NoticeTone.Friendly, Channel.Email)
        );

    [Fact]
    public void A_step_with_two_channels_keeps_two() =>
        Assert.Equal(
            [Channel.Email, Channel.Letter],
            ChannelsOf(
                _reachable with
                {
                    Channels = [Channel.Letter, Channel.Email],
                },
                NoticeTone.Helpful,
                Channel.Email,
                Channel.Sms
            )
        );

    [Fact]
    public void A_formal_letter_goes_as_the_policy_says_and_is_never_told_on_the_phone()
    {
        var customer = _reachable with { Channels = [Channel.Call, Channel.Letter, Channel.Email] };

        Assert.Equal([Channel.Email], ChannelsOf(customer, NoticeTone.PreCollectionNotice, Channel.Email));
        Assert.Equal([Channel.Letter], ChannelsOf(customer, NoticeTone.PreCollectionNotice, Channel.Letter));
        Assert.Equal(
            [Channel.Letter],
            ChannelsOf(customer with { Channels = [Channel.Email] }, NoticeTone.PreCollectionNotice, Channel.Letter)
        );
        Assert.Equal(
            [Channel.Letter],
            ChannelsOf(customer with { Email = null }, NoticeTone.PreCollectionNotice, Channel.Email)
        );
    }

    [Fact]
    public void Whoever_wants_no_texts_can_be_called_or_written_to()
    {
        var customer = _reachable with { Email = null, OptOuts = [new OptOut("+447700900123", _now, "STOP")] };

        Assert.Equal([Channel.Call], ChannelsOf(customer, NoticeTone.Friendly, Channel.Email));
        // What asks for nothing yet is worth neither a call nor a stamp.
        Assert.Empty(ChannelsOf(customer, NoticeTone.Upcoming, Channel.Email));
        Assert.Equal([Channel.Letter], ChannelsOf(customer with { Phone = null }, NoticeTone.Friendly, Channel.Email));
    }

    [Fact]
    public void A_wish_that_cannot_be_met_leaves_no_way()
    {
        var customer = _reachable with { Address = null, Channels = [Channel.Letter] };

        Assert.Empty(ChannelsOf(customer, NoticeTone.Friendly, Channel.Email));
        Assert.False(customer.CanBeReached);
    }

    /// <summary>However consents, bounces and wishes fall: never more channels than the policy names.</summary>
    [Property(MaxTest = 2000, EndSize = 1_000_000)]
    public void A_step_never_uses_more_channels_than_its_policy_names_and_none_twice(int seed)
    {
        var random = new Random(seed);
        var customer = RandomCustomer(random);
        var step = RandomStep(random);
        var named = step.Channels.Count(channel => channel is not Channel.Escalation);

        var ways = ContactChannels.WaysTo(customer, step.Tone, Rules.Default);
        var channels = ContactChannels.Channels(step, customer, Rules.Default).Except([Channel.Escalation]).ToList();

        Assert.True(channels.Count <= named, $"seed {seed}");
        Assert.Equal(channels.Count, channels.Distinct().Count());
        // A step that sends anything reaches who can be reached.
        var reaches = ways.Count > 0 || step.Channels.Except([Channel.Escalation]).Any(CanUse);
        Assert.Equal(reaches && named > 0, channels.Count > 0);
        Assert.All(channels, channel => Assert.True(IsAllowed(customer, channel, step), $"seed {seed}"));
        if (customer.Channels.Count > 0 && channels.Count > 0 && !step.Tone.IsFormal())
            Assert.True(ways.Count == 0 || channels.Contains(ways[0]), $"seed {seed}");

        bool CanUse(Channel channel) =>
            step.Tone.IsFormal()
                ? ContactChannels.CanUse(channel, customer, Rules.Default)
                : ContactChannels.CanRemindOn(channel, customer, Rules.Default);
    }

    /// <summary>Every message may come back: the next way takes its place, until a person is asked.</summary>
    [Property(MaxTest = 2000, EndSize = 1_000_000)]
    public void However_often_it_comes_back_one_message_of_a_step_waits_or_was_delivered(int seed)
    {
        var random = new Random(seed);
        var step = RandomStep(random) with { Channels = [Channel.Email] };
        var customer = RandomCustomer(random);
        var invoice = TestData.Invoice().WithDunning(dunning => dunning with { Step = step.Id });
        if (ContactChannels.Channels(step, customer, Rules.Default) is not [var first])
            return;
        HashSet<string> tried = [];
        var notice = Plan("20260205", first, step, customer, invoice);
        for (var count = 0; ; count++)
        {
            Assert.True(count < 10, $"seed {seed}");
            var address = customer.AddressOn(notice.Channel);
            Assert.True(tried.Add($"{notice.Channel} {address}"), $"seed {seed}");
            if (notice.Channel is Channel.Letter || random.Next(3) == 0)
                return;
            var lost = notice with { State = NoticeState.Sending, Claim = "c", To = [address!] };
            customer = customer
                .WithReminder(notice, TestData.Day("2026-02-05"))
                .Without(address!, notice.Channel is Channel.Sms && random.Next(2) == 0);
            var next = Decisions.FindFallback(
                lost,
                TestData.Account(customer, invoice),
                [
                    new SentMessage(lost, [invoice.Id.Invoice], _now)
                    {
                        Statuses = new Dictionary<string, DeliveryStatus> { [address!] = DeliveryStatus.Dead },
                    },
                ],
                Rules.Default,
                _now
            )!;
            if (next.Tone is NoticeTone.FollowUp)
                return;
            Assert.True(IsAllowed(customer, next.Channel, step), $"seed {seed}");
            notice = next;
        }
    }

    private static Notice Plan(string id, Channel channel, Step step, Customer customer, Invoice invoice) =>
        new()
        {
            Id = new($"{id}-{channel}"),
            CustomerId = customer.Id,
            Channel = channel,
            Tone = step.Tone,
            Lines = [new NoticeLine(invoice.Id.Invoice, step.Id)],
            PlannedAt = _now,
            NotBefore = _now,
        };

    private static bool IsAllowed(Customer customer, Channel channel, Step step) =>
        (customer.Channels.Count == 0 || customer.Channels.Contains(channel) || step.Channels.Contains(channel))
        && step.Tone.CanGoBy(channel)
        && customer.HasAddressFor(channel)
        && (
            !channel.IsByPerson()
            || step.Tone >= NoticeTone.Friendly
            || customer.Channels.Contains(channel)
            || step.Channels.Contains(channel)
        );

    private static Customer RandomCustomer(Random random)
    {
        var phone = random.Next(3) == 0 ? null : "+447700900123";
        var customer = TestData.Customer() with
        {
            Email = random.Next(3) == 0 ? null : "ap@buyer.example",
            Phone = phone,
            Address = random.Next(2) == 0 ? null : _address,
            Channels = random.Next(2) == 0 ? [] : [.. random.GetItems(_ways, random.Next(1, 5)).Distinct()],
            Contacts =
                random.Next(2) == 0 ? [] : [new Contact("Ann", "ann@buyer.example", "+447700900456", null, Cc: false)],
            OptOuts = phone is not null && random.Next(3) == 0 ? [new OptOut(phone, _now, "STOP")] : [],
        };
        return random.Next(3) == 0
            ? customer.Without(random.Next(2) == 0 ? "ap@buyer.example" : "+447700900123", random.Next(2) == 0)
            : customer;
    }

    private static Step RandomStep(Random random)
    {
        var tone = random.GetItems(_tones, 1)[0];
        return new Step
        {
            Id = new("one"),
            Days = 3,
            Tone = tone,
            Channels =
            [
                .. random.GetItems(_channels, random.Next(0, 4)).Distinct().Where(channel => tone.CanGoBy(channel)),
            ],
        };
    }

    private static readonly Channel[] _ways = [Channel.Email, Channel.Sms, Channel.Call, Channel.Letter];
    private static readonly Channel[] _channels = Enum.GetValues<Channel>();
    private static readonly NoticeTone[] _tones = [.. Enum.GetValues<NoticeTone>().Where(tone => tone.IsReminder())];

    private static IReadOnlyList<Channel> ChannelsOf(Customer customer, NoticeTone tone, params Channel[] named) =>
        ContactChannels.Channels(
            new Step
            {
                Id = new("one"),
                Days = 3,
                Tone = tone,
                Channels = named,
            },
            customer,
            Rules.Default
        );
}
