using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Communication.Email;
using Azure.Core.Pipeline;
using Azure.Identity;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;

namespace Dunning.Tests.Notices.Email;

public sealed class AcsEmailGatewayTests
{
    private readonly List<HttpRequestMessage> _lookUps = [];

    [Fact]
    public async Task An_accepted_mail_is_sent_under_the_operation_id_of_its_notice()
    {
        using var service = Service(HttpStatusCode.Accepted);

        var outcome = await Gateway(service).SendAsync(OutgoingSamples.Mail, CancellationToken.None);

        Assert.Equal(new SendOutcome.Sent(OutgoingSamples.OperationId.ToString()), outcome);
        var (request, body) = Assert.Single(service.Requests);
        Assert.Equal(OutgoingSamples.OperationId.ToString(), request.Headers.GetValues("Operation-Id").Single());
        var mail = JsonNode.Parse(body)!;
        Assert.Equal("donotreply@fjordlys.example", (string?)mail["senderAddress"]);
        Assert.Equal("ana@nordwind.example", (string?)mail["recipients"]!["to"]![0]!["address"]);
        Assert.Equal("karl@nordwind.example", (string?)mail["recipients"]!["cc"]![0]!["address"]);
        Assert.Equal("mette@fjordlys.example", (string?)mail["replyTo"]![0]!["address"]);
        Assert.Equal("true", (string?)mail["headers"]!["x-ms-acsemail-validate-message-id"]);
        Assert.Equal(OutgoingSamples.Mail.Headers["Message-ID"], (string?)mail["headers"]!["Message-ID"]);
        Assert.True((bool)mail["userEngagementTrackingDisabled"]!);
    }

    [Fact]
    public async Task A_domain_beyond_ascii_goes_to_the_service_in_its_ascii_form()
    {
        using var service = Service(HttpStatusCode.Accepted);
        var mail = OutgoingSamples.Mail with { To = [new Mailbox("ana@xn--bcher-kva.example")] };

        await Gateway(service).SendAsync(mail, CancellationToken.None);

        Assert.Equal(
            "ana@xn--bcher-kva.example",
            (string?)JsonNode.Parse(service.Requests.Single().Body)!["recipients"]!["to"]![0]!["address"]
        );
    }

    [Fact]
    public async Task What_is_no_address_is_refused_without_asking_the_service()
    {
        using var service = Service(HttpStatusCode.Accepted);
        var mail = OutgoingSamples.Mail with { To = [new Mailbox("ana at nordwind")] };

        var refused = Assert.IsType<SendOutcome.Rejected>(
            await Gateway(service).SendAsync(mail, CancellationToken.None)
        );

        Assert.True(refused.AddressIsDead);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Too_many_requests_wait_as_long_as_the_service_says()
    {
        using var service = Service(HttpStatusCode.TooManyRequests, retryAfter: "77");

        var later = Assert.IsType<SendOutcome.RetryLater>(
            await Gateway(service).SendAsync(OutgoingSamples.Mail, CancellationToken.None)
        );

        Assert.Equal(TimeSpan.FromSeconds(77), later.After);
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task What_surely_was_not_accepted_is_tried_later_without_asking(HttpStatusCode status)
    {
        using var service = Service(status);

        Assert.IsType<SendOutcome.RetryLater>(
            await Gateway(service).SendAsync(OutgoingSamples.Mail, CancellationToken.None)
        );
        Assert.Empty(_lookUps);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task What_may_have_been_accepted_and_is_not_found_is_unknown(HttpStatusCode status)
    {
        using var service = Service(status);

        Assert.IsType<SendOutcome.Unknown>(
            await Gateway(service).SendAsync(OutgoingSamples.Mail, CancellationToken.None)
        );
        Assert.Single(_lookUps);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task What_the_service_knows_was_sent_whatever_it_answered_at_first(HttpStatusCode status)
    {
        using var service = Service(status, lookUp: HttpStatusCode.OK);

        Assert.IsType<SendOutcome.Sent>(await Gateway(service).SendAsync(OutgoingSamples.Mail, CancellationToken.None));
    }

    [Theory]
    [InlineData("EmailDroppedAllRecipientsSuppressed", true)]
    [InlineData("InvalidRecipientAddress", true)]
    [InlineData("InvalidContent", false)]
    public async Task A_bad_request_is_refused_for_good_and_says_whether_the_address_is_to_blame(string code, bool dead)
    {
        using var service = Service(HttpStatusCode.BadRequest, error: code);

        var refused = Assert.IsType<SendOutcome.Rejected>(
            await Gateway(service).SendAsync(OutgoingSamples.Mail, CancellationToken.None)
        );

        Assert.Equal((code, dead), (refused.Code, refused.AddressIsDead));
        Assert.DoesNotContain("nordwind", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "DomainNotLinked")]
    [InlineData(HttpStatusCode.BadRequest, "InvalidSenderUserName")]
    [InlineData(HttpStatusCode.Unauthorized, "Denied")]
    public async Task What_is_wrong_with_our_own_set_up_costs_no_reminder(HttpStatusCode status, string code)
    {
        using var service = Service(status, error: code);

        var later = Assert.IsType<SendOutcome.RetryLater>(
            await Gateway(service).SendAsync(OutgoingSamples.Mail, CancellationToken.None)
        );

        Assert.True(later.IsConfigurationError);
    }

    [Fact]
    public async Task No_connection_means_nothing_was_sent()
    {
        using var service = new RecordingHandler(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));

        Assert.IsType<SendOutcome.RetryLater>(
            await Gateway(service).SendAsync(OutgoingSamples.Mail, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_connection_lost_on_the_way_leaves_it_unknown()
    {
        using var service = new RecordingHandler(_ =>
            throw new HttpRequestException("reset", new IOException("Connection reset by peer"))
        );

        Assert.IsType<SendOutcome.Unknown>(
            await Gateway(service).SendAsync(OutgoingSamples.Mail, CancellationToken.None)
        );
    }

    [Fact]
    public void No_token_means_nothing_was_sent() =>
        Assert.IsType<SendOutcome.RetryLater>(
            AcsErrors.Outcome(new CredentialUnavailableException("no identity")).Outcome
        );

    [Fact]
    public async Task A_stop_before_the_request_sends_nothing_and_one_after_it_leaves_it_unknown()
    {
        using var stopped = new CancellationTokenSource();
        using var service = new RecordingHandler(_ =>
        {
            stopped.Cancel();
            throw new OperationCanceledException(stopped.Token);
        });

        Assert.IsType<SendOutcome.Unknown>(await Gateway(service).SendAsync(OutgoingSamples.Mail, stopped.Token));
        var requests = service.Requests.Count;
        Assert.Equal(SendOutcome.NotStarted, await Gateway(service).SendAsync(OutgoingSamples.Mail, stopped.Token));
        Assert.Equal(requests, service.Requests.Count);
    }

    private RecordingHandler Service(
        HttpStatusCode send,
        HttpStatusCode lookUp = HttpStatusCode.NotFound,
        string? retryAfter = null,
        string error = "SomeError"
    ) =>
        new(request =>
        {
            if (request.Method == HttpMethod.Get)
                _lookUps.Add(request);
            var status = request.Method == HttpMethod.Get ? lookUp : send;
            var body =
                (int)status < 400
                    ? $$"""{ "id": "{{OutgoingSamples.OperationId}}", "status": "Running" }"""
                    : $$"""{ "error": { "code": "{{error}}", "message": "ana@nordwind.example is wrong" } }""";
            var response = new HttpResponseMessage(status)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            if ((int)status >= 400)
                response.Headers.Add("x-ms-error-code", error);
            if (retryAfter is not null)
                response.Headers.Add("Retry-After", retryAfter);
            return response;
        });

    private static AcsEmailGateway Gateway(HttpMessageHandler service)
    {
        var options = new EmailClientOptions
        {
            Transport = new HttpClientTransport(new HttpClient(service, disposeHandler: false)),
        };
        options.Retry.MaxRetries = 0;
        return new AcsEmailGateway(
            new EmailClient("endpoint=https://acs.example/;accesskey=c2VjcmV0", options),
            "donotreply@fjordlys.example",
            TimeProvider.System
        );
    }
}
