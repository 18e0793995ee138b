using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Evidence;
using FsCheck;
using FsCheck.Xunit;

namespace Dunning.Tests.Receivables.Storage;

public sealed class EventChainTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"x":1,"y":[1,2]}}""", """ { "b" : { "y" : [ 1 , 2 ] , "x" : 1 } , "a" : 1 } """)]
    [InlineData("""{"text":"Müller / \"x\""}""", """{"text":"M\u00FCller \/ \u0022x\u0022"}""")]
    [InlineData("""{"emoji":"😀"}""", """{"emoji":"\ud83d\ude00"}""")]
    [InlineData("""{"line":"a\nb\u0001"}""", """{"line":"a\u000ab\u0001"}""")]
    [InlineData("""{"a":1}""", """{"a":1,"chain":{"number":7}}""")]
    public void The_hash_is_that_of_the_content_and_not_of_its_writing(string json, string same) =>
        Assert.Equal(EventChain.HashOf(json), EventChain.HashOf(same));

    [Theory]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    [InlineData("""{"amount":10.00}""", """{"amount":10.0}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""{"a":1}""", """{"A":1}""")]
    [InlineData("""{"a":{"chain":1}}""", """{"a":{"chain":2}}""")]
    public void Another_content_has_another_hash(string json, string other) =>
        Assert.NotEqual(EventChain.HashOf(json), EventChain.HashOf(other));

    [Fact]
    public void The_hash_and_the_link_stay_what_they_are_in_every_release()
    {
        var link = EventChain.Append(null, "e_c1_i1_5", """{"text":"Zahlung ü","amount":10.00}""");

        Assert.Equal(
            """{"amount":10.00,"text":"Zahlung ü"}""",
            CanonicalJson.Of("""{"text":"Zahlung ü","amount":10.00}""", EventChain.Property)
        );
        Assert.Equal("52ef4e14dbcf0fd380163ece20aef354bf0ed00274a296dfecb96b315e60cda0", link.Hash);
        Assert.Equal("18b0502549d50970f689e7388736cfa504bd5aad63367cbf472ec2873548cc39", link.Link);
    }

    [Fact]
    public void Properties_are_sorted_by_UTF_16_code_units() =>
        Assert.Equal(
            "{\"\\r\":1,\"1\":2,\"ö\":3,\"€\":4,\"😀\":5,\"\uFB33\":6}",
            CanonicalJson.Of("""{"\uFB33":6,"😀":5,"€":4,"ö":3,"1":2,"\r":1}""", leftOut: "")
        );

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    public void What_can_be_read_in_two_ways_has_no_hash(string json) =>
        Assert.ThrowsAny<JsonException>(() => EventChain.HashOf(json));

    [Fact]
    public void An_untouched_chain_has_no_problem()
    {
        var (head, events) = PackTestData.Five();

        var check = EventChain.Check(head, events);

        Assert.Empty(check.Problems);
        Assert.Equal((5, 0, 5L), (check.Events, check.Erased, head.Number));
        Assert.Empty(EventChain.Check(null, []).Problems);
    }

    [Fact]
    public void A_changed_content_is_named()
    {
        var (head, events) = PackTestData.Five();
        events[2] = events[2] with
        {
            Json = events[2].Json.Replace("Zahlung 3", "Zahlung 4", StringComparison.Ordinal),
        };

        Assert.Equal([new ChainProblem(ChainProblemCode.Changed, 3, events[2].Key)], Problems(head, events));
    }

    [Fact]
    public void A_changed_content_with_a_new_hash_breaks_its_link()
    {
        var (head, events) = PackTestData.Five();
        var content = """{"at":"2026-03-03","kind":"notSent"}""";
        events[2] = Linked(events[2], link => link with { Hash = EventChain.HashOf(content) }, content);

        Assert.Equal([new ChainProblem(ChainProblemCode.LinkBroken, 3, events[2].Key)], Problems(head, events));
    }

    [Fact]
    public void A_changed_event_with_a_new_link_breaks_the_next_one()
    {
        var (head, events) = PackTestData.Five();
        var before = LinkOf(events[1]);
        var content = """{"at":"2026-03-03","kind":"notSent"}""";
        var forged = EventChain.Append(new ChainHead(before.Number, before.Link), events[2].Key, content);
        events[2] = events[2] with { Json = PackTestData.With(content, forged) };

        Assert.Equal([new ChainProblem(ChainProblemCode.LinkBroken, 4, events[3].Key)], Problems(head, events));
    }

    [Fact]
    public void A_whole_new_chain_does_not_end_with_the_head()
    {
        var (head, _) = PackTestData.Five();
        var (_, forged) = PackTestData.Chain(PackTestData.Invoice, "{}", "{}", "{}", "{}", "{}");

        Assert.Equal([new ChainProblem(ChainProblemCode.HeadDiffers, 5, null)], Problems(head, forged));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 1, 3)]
    [InlineData(4, 1, 5)]
    [InlineData(3, 2, 4)]
    [InlineData(0, 5, 1)]
    public void Removed_events_are_counted(int from, int count, long first)
    {
        var (head, events) = PackTestData.Five();
        events.RemoveRange(from, count);

        Assert.Equal([new ChainProblem(ChainProblemCode.Removed, first, null, count)], Problems(head, events));
    }

    [Fact]
    public void An_event_without_a_place_was_added()
    {
        var (head, events) = PackTestData.Five();
        var key = PackTestData.KeyOf(PackTestData.Invoice, 9);
        var above = EventChain.Append(head, key, "{}");
        events.Add(new ChainedEvent(key, "{}"));
        events.Add(new ChainedEvent(key, """{"chain":{"number":"x"}}"""));
        events.Add(new ChainedEvent(key, """{"chain":{"number":0,"hash":"","link":""}}"""));
        events.Add(new ChainedEvent(key, PackTestData.With("{}", above)));

        Assert.Equal(
            new long?[] { null, null, 0, 6 }.Select(n => new ChainProblem(ChainProblemCode.Added, n, key)),
            Problems(head, events)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_events_with_one_number_the_one_that_fits_is_the_right_one(bool isFirst)
    {
        var (head, events) = PackTestData.Five();
        var copy = new ChainedEvent(PackTestData.KeyOf(PackTestData.Invoice, 9), events[2].Json);
        events.Insert(isFirst ? 0 : 5, copy);

        Assert.Equal([new ChainProblem(ChainProblemCode.Added, 3, copy.Key)], Problems(head, events));
    }

    [Fact]
    public void Exchanged_numbers_break_the_links()
    {
        var (head, events) = PackTestData.Five();
        events[1] = Linked(events[1], link => link with { Number = 3 });
        events[2] = Linked(events[2], link => link with { Number = 2 });

        var problems = Problems(head, events);

        Assert.Equal([2, 3, 4], problems.Select(problem => problem.Number!.Value));
        Assert.All(problems, problem => Assert.Equal(ChainProblemCode.LinkBroken, problem.Code));
    }

    [Fact]
    public void Keys_in_another_order_than_numbers_are_no_problem()
    {
        ChainHead? head = null;
        var events = new List<ChainedEvent>();
        foreach (var at in new[] { 5, 3, 4 })
        {
            var key = PackTestData.KeyOf(PackTestData.Invoice, at);
            var link = EventChain.Append(head, key, "{}");
            head = new ChainHead(link.Number, link.Link);
            events.Add(new ChainedEvent(key, PackTestData.With("{}", link)));
        }

        Assert.Empty(Problems(head, [.. events.OrderBy(stored => stored.Key, StringComparer.Ordinal)]));
    }

    [Fact]
    public void An_event_under_another_key_breaks_its_link()
    {
        var (head, events) = PackTestData.Five();
        events[4] = events[4] with { Key = PackTestData.KeyOf(PackTestData.Invoice, 7) };

        Assert.Equal([new ChainProblem(ChainProblemCode.LinkBroken, 5, events[4].Key)], Problems(head, events));
    }

    [Fact]
    public void A_merge_of_customers_changes_no_link()
    {
        var (head, events) = PackTestData.Five();
        var successor = new CustomerId("cfedcba9876543210");
        var moved = events.ConvertAll(stored =>
            stored with
            {
                Key = Keys.Moved(stored.Key, PackTestData.Invoice.Customer, successor),
            }
        );

        Assert.StartsWith(Keys.EventsOf(successor), moved[0].Key, StringComparison.Ordinal);
        Assert.Empty(Problems(head, moved));
    }

    [Fact]
    public void An_unreadable_event_was_changed_and_its_number_is_missing()
    {
        var (head, events) = PackTestData.Five();
        events[2] = events[2] with { Json = "{" };

        Assert.Equal(
            [
                new ChainProblem(ChainProblemCode.Changed, null, events[2].Key),
                new ChainProblem(ChainProblemCode.Removed, 3, null),
            ],
            Problems(head, events)
        );
    }

    [Fact]
    public void Events_without_a_head_are_a_problem() =>
        Assert.Equal(
            [new ChainProblem(ChainProblemCode.HeadMissing, null, null)],
            Problems(null, PackTestData.Five().Events)
        );

    [Fact]
    public void Erasure_breaks_nothing_and_is_counted()
    {
        var (head, events) = PackTestData.Five();
        events[1] = Erased(events[1]);
        events[4] = Erased(events[4]);

        var check = EventChain.Check(head, events);

        Assert.Empty(check.Problems);
        Assert.Equal(2, check.Erased);
    }

    [Fact]
    public void An_erased_event_still_has_its_place()
    {
        var (head, events) = PackTestData.Five();
        events[1] = Linked(Erased(events[1]), link => link with { Hash = new string('0', 64) });
        events.RemoveAt(3);

        Assert.Equal(
            [
                new ChainProblem(ChainProblemCode.LinkBroken, 2, events[1].Key),
                new ChainProblem(ChainProblemCode.Removed, 4, null),
            ],
            Problems(head, events)
        );
    }

    [Fact]
    public void A_number_that_nobody_can_count_to_is_checked_at_once()
    {
        var (_, events) = PackTestData.Five();
        events[4] = Linked(events[4], link => link with { Number = long.MaxValue });

        Assert.NotEmpty(Problems(null, events));
        Assert.NotEmpty(Problems(new ChainHead(long.MaxValue, "x"), events));
    }

    /// <summary>Whatever the events say, the chain is whole, and each single change of it is noticed.</summary>
    [Property]
    public void Any_chain_is_whole_until_it_is_changed(
        NonEmptyArray<NonNull<string>> texts,
        PositiveInt at,
        decimal amount
    )
    {
        var contents = texts.Get.Select(text => JsonSerializer.Serialize(new { text = text.Get, amount }));
        var (head, events) = PackTestData.Chain(PackTestData.Invoice, [.. contents]);
        Assert.Empty(Problems(head, events));
        Assert.Empty(Problems(head, [.. events.AsEnumerable().Reverse()]));

        var i = at.Get % events.Count;
        Assert.NotEmpty(Problems(head, [.. events.Where((_, n) => n != i)]));
        Assert.NotEmpty(Problems(head, [.. events, events[i]]));
        var changed = JsonNode.Parse(events[i].Json)!;
        changed["amount"] = amount + 1;
        Assert.NotEmpty(Problems(head, Replaced(events, i, changed.ToJsonString())));
        Assert.Empty(Problems(head, Replaced(events, i, JsonNode.Parse(events[i].Json)!.ToJsonString())));
    }

    private static List<ChainedEvent> Replaced(List<ChainedEvent> events, int at, string json) =>
        [.. events.Select((stored, n) => n == at ? stored with { Json = json } : stored)];

    private static IReadOnlyList<ChainProblem> Problems(ChainHead? head, IReadOnlyList<ChainedEvent> events) =>
        EventChain.Check(head, events).Problems;

    private static ChainLink LinkOf(ChainedEvent stored) =>
        JsonNode.Parse(stored.Json)![EventChain.Property].Deserialize<ChainLink>(Rows.Json)!;

    private static ChainedEvent Linked(
        ChainedEvent stored,
        Func<ChainLink, ChainLink> change,
        string? content = null
    ) => stored with { Json = PackTestData.With(content ?? stored.Json, change(LinkOf(stored))) };

    private static ChainedEvent Erased(ChainedEvent stored)
    {
        var json = JsonNode.Parse(stored.Json)!.AsObject();
        json.Remove("text");
        json[EventChain.ErasedProperty] = PackTestData.CreatedAt.ToString("O", CultureInfo.InvariantCulture);
        return stored with { Json = json.ToJsonString() };
    }
}
