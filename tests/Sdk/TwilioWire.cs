using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;

namespace Dunning.Tests.Sdk;

public sealed class TwilioWire
{
    private const string Queued = """
        {"sid":"SM1","account_sid":"AC1","to":"+4520123456","from":"+4588888888","body":"Hej","status":"queued","error_code":null,"num_segments":"1",
        "date_created":"Thu, 24 Aug 2023 05:01:45 +0000","date_sent":null,"date_updated":"Thu, 24 Aug 2023 05:01:45 +0000","price":null}
        """;

    [Fact]
    public async Task A_text_goes_out_as_a_form_with_basic_authentication()
    {
        await using var service = await StandIn.Start(new StandIn.Answer(201, Queued));

        var message = await MessageResource.CreateAsync(
            new CreateMessageOptions("+4520123456")
            {
                MessagingServiceSid = "MG1",
                Body = "Hej & \"tak\" 😀",
                StatusCallback = new Uri("https://example.com/s?a=1"),
            },
            Client(service));

        var asked = Assert.Single(service.Requests);
        Assert.Equal(("POST", "/2010-04-01/Accounts/AC1/Messages.json"), (asked.Method, asked.Target));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("SK1:secret")), asked.Headers["Authorization"]);
        var form = QueryHelpers.ParseQuery(asked.Body).ToDictionary(f => f.Key, f => f.Value.ToString());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["To"] = "+4520123456",
                ["MessagingServiceSid"] = "MG1",
                ["Body"] = "Hej & \"tak\" 😀",
                ["StatusCallback"] = "https://example.com/s?a=1",
            },
            form);
        Assert.Equal(("SM1", "+4588888888", true), (message.Sid, message.From.ToString(), message.Status == MessageResource.StatusEnum.Queued));
        Assert.Equal((new DateTime(2023, 8, 24, 5, 1, 45, DateTimeKind.Utc), null, null), (message.DateCreated, message.DateSent, message.ErrorCode));
    }

    [Fact]
    public async Task A_refusal_carries_twilios_code_and_the_status()
    {
        await using var service = await StandIn.Start(new StandIn.Answer(
            400, """{"code":21610,"message":"Attempt to send to unsubscribed recipient","more_info":"https://example.com","status":400}"""));

        var refusal = await Assert.ThrowsAsync<ApiException>(() => MessageResource.CreateAsync(new CreateMessageOptions("+1"), Client(service)));

        Assert.Equal((21610, 400, "Attempt to send to unsubscribed recipient"), (refusal.Code, refusal.Status, refusal.Message));
    }

    [Fact]
    public async Task A_page_from_something_before_twilio_is_an_error_without_a_code()
    {
        await using var service = await StandIn.Start(new StandIn.Answer(502, "<html>Bad gateway</html>"));

        var refusal = await Assert.ThrowsAsync<ApiException>(() => MessageResource.CreateAsync(new CreateMessageOptions("+1"), Client(service)));

        Assert.Equal(0, refusal.Code);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task No_answer_is_an_error_of_its_own_kind()
    {
        var service = await StandIn.Start(new StandIn.Answer(201, Queued));
        var client = Client(service);
        await service.DisposeAsync();

        await Assert.ThrowsAsync<ApiConnectionException>(() => MessageResource.ReadAsync(new ReadMessageOptions { To = "+4520123456" }, client));
    }

    [Fact]
    public async Task Messages_are_looked_up_by_number_and_time_over_all_pages_up_to_one_more_than_the_limit()
    {
        await using var service = await StandIn.Start(
            new StandIn.Answer(200, $$"""{"messages":[{{Queued}},{{Queued}},{{Queued}}],"uri":"/2010-04-01/Accounts/AC1/Messages.json?Page=0","page_size":3,"next_page_uri":"/2010-04-01/Accounts/AC1/Messages.json?Page=1"}"""),
            new StandIn.Answer(200, $$"""{"messages":[{{Queued}},{{Queued}},{{Queued}}],"uri":"/2010-04-01/Accounts/AC1/Messages.json?Page=1","page_size":3,"next_page_uri":null}"""));
        var options = new ReadMessageOptions
        {
            To = "+4520123456",
            DateSentAfter = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            PageSize = 3,
            Limit = 4,
        };

        var found = (await MessageResource.ReadAsync(options, Client(service))).ToList();

        Assert.Equal(5, found.Count);
        Assert.Equal(
            [
                "/2010-04-01/Accounts/AC1/Messages.json?To=%2B4520123456&DateSent%3E=2026-01-02T03%3A04%3A05Z&PageSize=3",
                "/2010-04-01/Accounts/AC1/Messages.json?Page=1",
            ],
            service.Requests.Select(r => r.Target));
    }

    private static TwilioRestClient Client(StandIn service) =>
        new("SK1", "secret", "AC1", httpClient: new SystemNetHttpClient(new System.Net.Http.HttpClient(new Redirect(service.Address))));

    /// <summary>The product's own way to another base address: the SDK itself knows only api.twilio.com.</summary>
    private sealed class Redirect(Uri address) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("https://api.twilio.com", request.RequestUri!.GetLeftPart(UriPartial.Authority));
            request.RequestUri = new Uri(address, request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
