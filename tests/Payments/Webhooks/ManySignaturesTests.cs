using Dunning.Payments.Providers.Paddle;
using Dunning.Payments.Webhooks;

namespace Dunning.Tests.Payments.Webhooks;

public sealed class ManySignaturesTests
{
    [Fact]
    public void Ten_thousand_wrong_signatures_are_refused_and_one_right_among_them_is_found()
    {
        var sample = ProviderSamples.For(PaddleProvider.Name);
        var header = sample.Headers[sample.Header];
        var wrong = string.Concat(Enumerable.Repeat($";h1={new string('a', 64)}", 10_000));

        Assert.True(Verify($"ts=1767607200{wrong}{header["ts=1767607200".Length..]}"));
        Assert.False(Verify($"ts=1767607200{wrong}"));
        Assert.False(Verify($"{header};ts=1767607200"));

        bool Verify(string text) =>
            WebhookSignatures.Verify(
                sample.Provider,
                new(new Dictionary<string, string> { [sample.Header] = text }, sample.Bytes),
                [sample.Secret],
                ProviderSamples.Now
            );
    }
}
