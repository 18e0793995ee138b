using Azure.Communication.Email;
using Dunning.Notices.Email;
using Dunning.Notices.Sms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Twilio.Clients;
using Twilio.Http;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>What a provider may do to the first try of every message.</summary>
[Trait("Category", "Faults")]
public sealed class ProviderFaults(FaultLab lab, ITestOutputHelper output) : IClassFixture<FaultLab>
{
    /// <summary>So that a test need not wait as long as the clients do (100 s).</summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(FaultLab.Full ? 3 : 0.6);

    private static readonly int[] _refusals = [21610, 21211, 21614, 30005];

    private static readonly Dictionary<string, Func<Passage, Fault>> _faults = new()
    {
        ["429 with Retry-After"] = p => Refusal(p, 429, 20429, "TooManyRequests", retryAfter: "30"),
        ["500"] = p => Refusal(p, 500, 20500, "InternalServerError"),
        ["500 after acceptance"] = p => Refusal(p, 500, 20500, "InternalServerError") with { Carried = true },
        ["time-out after acceptance"] = _ => Fault.Hang,
        ["connection reset after acceptance"] = _ => Fault.LoseAnswer,
        ["slow answer"] = _ => new Fault.Slow(TimeSpan.FromMilliseconds(FaultLab.Full ? 1500 : 200)),
        ["refused for good"] = p =>
            Refusal(p, 400, _refusals[Delivery.From(p, 0, default).Name.Customer % 4], "RecipientSuppressed"),
    };

    [Fact]
    public async Task Whatever_a_provider_does_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var table = new FaultTable(await lab.CalmLongMorningAsync());
        foreach (var (name, fault) in _faults)
        {
            await using var run = await FaultRun.OpenAsync(lab);
            table.Add(
                name,
                "",
                await run.RunAsync(
                    script => [script.LongMorning],
                    _ => new HostRun(Home.Here, OnFirstTries(fault)),
                    Impatient
                )
            );
        }
        FaultReport.End(
            output,
            "Providers",
            $"{_faults.Count} kinds of provider faults, on the first try of every message",
            table
        );
        Assert.Empty(table.Findings);
        // No sender died: a quarter of an hour later the provider itself tells what became of each message.
        Assert.Equal(0, table.Total.DoubtLeft + table.Total.DoubtNotLeft);
    }

    private static Func<Passage, Fault> OnFirstTries(Func<Passage, Fault> fault)
    {
        HashSet<string> tried = [];
        return passage =>
        {
            if (!passage.IsSending)
                return Fault.Pass;
            lock (tried)
                return tried.Add(Delivery.From(passage, 0, default).Recipient) ? fault(passage) : Fault.Pass;
        };
    }

    private static Fault.Answers Refusal(
        Passage sending,
        int status,
        int twilioCode,
        string acsCode,
        string? retryAfter = null
    ) =>
        new(
            status,
            "application/json",
            sending.IsText
                ? $$"""{"code":{{twilioCode}},"message":"refused","more_info":"","status":{{status}}}"""
                : $$$"""{"error":{"code":"{{{acsCode}}}","message":"refused"}}""",
            retryAfter
        );

    private static void Impatient(IServiceCollection services, IConfiguration settings)
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
                ),
                settings["Sms:From"]!
            )
        );
    }
}
