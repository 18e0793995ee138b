using Azure.Communication.Email;
using Dunning.Notices.Email;
using Dunning.Notices.Sms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Twilio.Clients;
using Twilio.Http;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>Faults of a provider on the first attempt of every message.</summary>
[Trait("Category", "Faults")]
[Trait("Category", "Long")]
public sealed class ProviderFaults(FaultFixture fixture, ITestOutputHelper output) : IClassFixture<FaultFixture>
{
    /// <summary>The clients' own time-out is 100 s, too long for a test.</summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(FaultFixture.Full ? 3 : 0.6);

    private static readonly int[] _twilioRejections = [21610, 21211, 21614, 30005];

    private static readonly Dictionary<string, Func<OutgoingRequest, Fault>> _faults = new()
    {
        ["429 with Retry-After"] = request => ErrorResponse(request, 429, 20429, "TooManyRequests", retryAfter: "30"),
        ["500"] = request => ErrorResponse(request, 500, 20500, "InternalServerError"),
        ["500 after acceptance"] = request =>
            ErrorResponse(request, 500, 20500, "InternalServerError") with
            {
                IsForwarded = true,
            },
        ["time-out after acceptance"] = _ => Fault.Hang,
        ["connection reset after acceptance"] = _ => Fault.LoseResponse,
        ["slow response"] = _ => new Fault.Delay(TimeSpan.FromMilliseconds(FaultFixture.Full ? 1500 : 200)),
        ["rejected permanently"] = request =>
            ErrorResponse(
                request,
                400,
                _twilioRejections[AcceptedMessage.From(request, 0, default).Notice.Customer % 4],
                "RecipientSuppressed"
            ),
    };

    [Fact]
    public async Task Whatever_a_provider_does_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var table = new FaultTable(await fixture.RunBaselineAsync());
        foreach (var (name, fault) in _faults)
        {
            await using var run = await ScenarioRun.OpenAsync(fixture);
            table.Add(
                name,
                "",
                await run.RunAsync(
                    scenario => [scenario.LongMorning],
                    _ => new HostRun(HostKind.InProcess, OnFirstAttempts(fault)),
                    UseShortTimeouts
                ),
                // When the confirmation of the plan, or the announcement of charges, is refused, its address is not
                // used for the reminder either.
                optional: notice =>
                    notice
                        is { Customer: FaultScenario.WithPlan, Channel: "email" }
                            or { Customer: FaultScenario.WithCharges }
            );
        }
        FaultReport.Finish(
            output,
            "Providers",
            $"{_faults.Count} kinds of provider faults, on the first attempt of every message",
            table
        );
        Assert.Empty(table.Failures);
        // No host was killed: 15 minutes later the provider is queried and reports the outcome of each message.
        Assert.Equal(0, table.Total.InDoubtSent + table.Total.InDoubtNotSent);
    }

    private static Func<OutgoingRequest, Fault> OnFirstAttempts(Func<OutgoingRequest, Fault> fault)
    {
        HashSet<string> recipients = [];
        return request =>
        {
            if (!request.IsSendRequest)
                return Fault.None;
            lock (recipients)
                return recipients.Add(AcceptedMessage.From(request, 0, default).Recipient)
                    ? fault(request)
                    : Fault.None;
        };
    }

    private static Fault.Response ErrorResponse(
        OutgoingRequest request,
        int status,
        int twilioCode,
        string acsCode,
        string? retryAfter = null
    ) =>
        new(
            status,
            "application/json",
            request.IsSms
                ? $$"""{"code":{{twilioCode}},"message":"refused","more_info":"","status":{{status}}}"""
                : $$$"""{"error":{"code":"{{{acsCode}}}","message":"refused"}}""",
            retryAfter
        );

    private static void UseShortTimeouts(IServiceCollection services, IConfiguration settings)
    {
        var mail = new EmailClient(
            settings["Email:ConnectionString"]!,
            new EmailClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = _timeout } }
        );
        services.AddSingleton<IEmailGateway>(new AcsEmailGateway(mail, settings["Email:From"]!, TimeProvider.System));
        var http = new System.Net.Http.HttpClient(
            new BaseAddressHandler(new Uri(settings["Sms:BaseAddress"]!), new SocketsHttpHandler())
        )
        {
            Timeout = _timeout,
        };
        services.AddSingleton(
            new SmsGateway(
                new TwilioRestClient(
                    "SK",
                    "secret",
                    settings["Sms:AccountSid"],
                    httpClient: new SystemNetHttpClient(http)
                )
            )
        );
    }
}
