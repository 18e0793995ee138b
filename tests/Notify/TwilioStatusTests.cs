using Dunning.Book;
using Dunning.Notify.Sms;

namespace Dunning.Tests.Notify;

public sealed class TwilioStatusTests
{
    [Theory]
    [InlineData("accepted")]
    [InlineData("queued")]
    [InlineData("sending")]
    [InlineData("sent")]
    [InlineData("something new")]
    [InlineData(null)]
    public void What_is_not_the_last_word_says_nothing(string? status) => Assert.Null(Read(status));

    [Theory]
    [InlineData("delivered", null, Arrival.Delivered)]
    [InlineData("undelivered", "30003", Arrival.Failed)]
    [InlineData("undelivered", "30007", Arrival.Failed)]
    [InlineData("undelivered", "30005", Arrival.Dead)]
    [InlineData("failed", "30006", Arrival.Dead)]
    [InlineData("failed", "21610", Arrival.Dead)]
    [InlineData("failed", "not a number", Arrival.Failed)]
    [InlineData("failed", null, Arrival.Failed)]
    [InlineData("canceled", null, Arrival.Failed)]
    public void Only_a_code_that_blames_the_number_ends_its_use(string status, string? code, Arrival arrival) => Assert.Equal(arrival, Read(status, code)?.Arrival);

    private static (Arrival Arrival, string Reason)? Read(string? status, string? code = null) => TwilioStatus.Read(
        new Dictionary<string, string?> { ["MessageStatus"] = status, ["ErrorCode"] = code }.Where(f => f.Value is not null).ToDictionary(f => f.Key, f => f.Value!));
}
