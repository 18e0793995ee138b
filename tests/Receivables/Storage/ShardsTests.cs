using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Receivables.Storage;

public sealed class ShardsTests
{
    [Fact]
    public void Every_customer_has_one_of_the_shards_and_every_shard_has_customers()
    {
        var shards = new Shards(16);
        var used = Enumerable.Range(0, 1_000).Select(n => shards.Of(new CustomerId($"c{n}"))).ToList();

        Assert.Equal(shards.All.Order(), used.Distinct().Order());
        Assert.All(shards.All, shard => Assert.InRange(used.Count(u => u == shard), 30, 110));
    }

    [Fact]
    public void Shards_are_numbered_in_hexadecimal() =>
        Assert.Equal(["s00", "s01", "s02", "s03", "s04", "s05", "s06", "s07", "s08", "s09", "s0a"], new Shards(11).All);

    [Fact]
    public void A_customer_never_moves() =>
        Assert.Equal("s0b", new Shards(Shards.DefaultCount).Of(new CustomerId("c0123456789abcdef")));

    [Fact]
    public void Nothing_is_put_into_a_shard_before_their_number_is_read() =>
        Assert.Contains(
            "call PrepareAsync",
            Assert
                .Throws<InvalidOperationException>(() => new Shards().Of(new CustomerId("c0123456789abcdef")))
                .Message,
            StringComparison.Ordinal
        );
}
