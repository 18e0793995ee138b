using Dunning.Notices.Sms;
using Dunning.Receivables;

namespace Dunning.Tests.Notices.Sms;

public sealed class TwilioStatusTests
{
    [Theory]
    [InlineData("accepted")]
    [InlineData("queued")]
    [InlineData("sending")]
    [InlineData("sent")]
    [InlineData("something new")]
    [InlineData(null)]
    public void A_status_that_is_not_final_is_ignored(string? status) => Assert.Null(Read(status));

    [Theory]
    [InlineData("delivered", null, DeliveryStatus.Delivered)]
    [InlineData("undelivered", "30003", DeliveryStatus.Failed)]
    [InlineData("undelivered", "30007", DeliveryStatus.Failed)]
    [InlineData("undelivered", "30005", DeliveryStatus.Dead)]
    [InlineData("failed", "30006", DeliveryStatus.Dead)]
    [InlineData("failed", "21610", DeliveryStatus.Dead)]
    [InlineData("failed", "not a number", DeliveryStatus.Failed)]
    [InlineData("failed", null, DeliveryStatus.Failed)]
    [InlineData("canceled", null, DeliveryStatus.Failed)]
    public void Only_a_code_that_blames_the_number_ends_its_use(string status, string? code, DeliveryStatus arrival) =>
        Assert.Equal(arrival, Read(status, code)?.Status);

    [Theory]
    [InlineData("30006", true)]
    [InlineData("30005", false)]
    public void A_landline_can_still_be_called(string code, bool isLandline) =>
        Assert.Equal(isLandline, Read("failed", code)?.IsLandline);

    private static (DeliveryStatus Status, string Reason, bool IsLandline)? Read(string? status, string? code = null) =>
        TwilioStatus.Read(
            new Dictionary<string, string?> { ["MessageStatus"] = status, ["ErrorCode"] = code }
                .Where(f => f.Value is not null)
                .ToDictionary(f => f.Key, f => f.Value!)
        );
}
