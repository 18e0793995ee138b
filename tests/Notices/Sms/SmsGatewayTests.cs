using System.Net;
using Dunning.Notices.Delivery;
using Dunning.Notices.Sms;
using Dunning.Tests.Notices.Email;
using Twilio.Clients;
using Twilio.Http;

namespace Dunning.Tests.Notices.Sms;

public sealed class SmsGatewayTests
{
    private static readonly OutgoingSms _sms = new(
        "Fjordlys",
        "+4570123456",
        "Fjordlys: invoice 2026-0042, EUR 119.00"
    );

    [Fact]
    public async Task A_message_goes_to_the_stand_in_with_path_and_form_as_Twilio_has_them()
    {
        using var service = Service(HttpStatusCode.Created, """{ "sid": "SM1", "status": "queued" }""");

        var outcome = await Gateway(service).SendAsync(_sms, CancellationToken.None);

        Assert.Equal(new SendOutcome.Sent("SM1"), outcome);
        var (request, body) = Assert.Single(service.Requests);
        Assert.Equal("http://127.0.0.1:8123/2010-04-01/Accounts/AC1/Messages.json", request.RequestUri!.AbsoluteUri);
        Assert.Contains("From=Fjordlys", body, StringComparison.Ordinal);
        Assert.Contains("To=%2B4570123456", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_messaging_service_is_named_as_such()
    {
        using var service = Service(HttpStatusCode.Created, """{ "sid": "SM1" }""");
        var messagingService = "MG" + new string('a', 32);

        await Gateway(service).SendAsync(_sms with { From = messagingService }, CancellationToken.None);

        Assert.Contains("MessagingServiceSid=" + messagingService, service.Requests[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("From=", service.Requests[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(21610, 400, true)]
    [InlineData(21211, 400, true)]
    [InlineData(21614, 400, true)]
    [InlineData(21602, 400, false)]
    public async Task A_refusal_is_for_good_and_says_whether_the_number_is_to_blame(int code, int status, bool dead)
    {
        var refused = Assert.IsType<SendOutcome.Rejected>(await Answered(code, status));

        Assert.Equal(dead, refused.AddressIsDead);
        Assert.DoesNotContain("+45", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20003, 401, true)]
    [InlineData(21408, 403, true)]
    [InlineData(21606, 400, true)]
    [InlineData(20429, 429, false)]
    [InlineData(21611, 429, false)]
    public async Task What_Twilio_did_not_take_is_tried_later(int code, int status, bool isOurs) =>
        Assert.Equal(isOurs, Assert.IsType<SendOutcome.RetryLater>(await Answered(code, status)).IsConfigurationError);

    [Theory]
    [InlineData(20500, 500)]
    [InlineData(0, 504)]
    public async Task A_broken_answer_leaves_it_unknown(int code, int status) =>
        Assert.IsType<SendOutcome.Unknown>(await Answered(code, status));

    [Fact]
    public async Task An_answer_that_is_no_JSON_leaves_it_unknown()
    {
        using var service = Service(HttpStatusCode.BadGateway, "<html>bad gateway</html>");

        Assert.IsType<SendOutcome.Unknown>(await Gateway(service).SendAsync(_sms, CancellationToken.None));
    }

    [Fact]
    public async Task No_connection_means_nothing_was_sent_and_a_lost_one_leaves_it_unknown()
    {
        using var closed = new RecordingHandler(_ =>
            throw new HttpRequestException(HttpRequestError.NameResolutionError)
        );
        using var broken = new RecordingHandler(_ => throw new TaskCanceledException("timed out"));

        Assert.IsType<SendOutcome.RetryLater>(await Gateway(closed).SendAsync(_sms, CancellationToken.None));
        Assert.IsType<SendOutcome.Unknown>(await Gateway(broken).SendAsync(_sms, CancellationToken.None));
    }

    [Theory]
    [InlineData(30006, TwilioErrorKind.Recipient)]
    [InlineData(30007, TwilioErrorKind.Configuration)]
    [InlineData(30003, TwilioErrorKind.Temporary)]
    [InlineData(63016, TwilioErrorKind.Unknown)]
    public void Codes_of_a_status_callback_are_sorted_too(int code, TwilioErrorKind kind) =>
        Assert.Equal(kind, TwilioErrors.Classify(code));

    private static async Task<SendOutcome> Answered(int code, int status)
    {
        var json =
            $$"""{ "code": {{code}}, "message": "To +4570123456 is wrong", "more_info": "", "status": {{status}} }""";
        using var service = Service((HttpStatusCode)status, json);
        return await Gateway(service).SendAsync(_sms, CancellationToken.None);
    }

    [Fact]
    public async Task An_unreachable_Twilio_is_reported_without_the_number()
    {
        using var service = new RecordingHandler(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() =>
            Gateway(service).FindAsync("+4520123456", DateTimeOffset.UnixEpoch, "hash")
        );

        Assert.DoesNotContain("20123456", failure.ToString(), StringComparison.Ordinal);
    }

    private static RecordingHandler Service(HttpStatusCode status, string body) =>
        new(_ => new HttpResponseMessage(status) { Content = new StringContent(body) });

    private static SmsGateway Gateway(HttpMessageHandler service)
    {
        var http = new System.Net.Http.HttpClient(
            new BaseAddressHandler(new Uri("http://127.0.0.1:8123"), service),
            disposeHandler: false
        );
        return new SmsGateway(new TwilioRestClient("SK1", "secret", "AC1", httpClient: new SystemNetHttpClient(http)));
    }
}
