using System.Globalization;
using System.Security.Cryptography;
using Dunning.Recovery;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>Occasional faults of table, queue and blob storage.</summary>
[Trait("Category", "Faults")]
[Trait("Category", "Long")]
public sealed class StorageFaults(FaultFixture fixture, ITestOutputHelper output) : IClassFixture<FaultFixture>
{
    private static readonly Dictionary<string, Func<int, Func<OutgoingRequest, Fault>>> _faults = new()
    {
        ["503"] = nth =>
            Every(
                nth,
                request => request.Service is not Service.Provider,
                request => ErrorResponse(request, 503, "ServerBusy")
            ),
        ["412 for a transaction"] = nth =>
            Every(
                nth,
                request => request.IsTransaction,
                request => ErrorResponse(request, 412, "UpdateConditionNotSatisfied")
            ),
        ["409 for a transaction"] = nth =>
            Every(nth, request => request.IsTransaction, request => ErrorResponse(request, 409, "EntityAlreadyExists")),
        ["transaction's response lost"] = nth => Every(nth, request => request.IsTransaction, _ => Fault.LoseResponse),
        ["transaction's first response lost"] = nth => LoseFirstResponses(nth),
        ["any response lost"] = nth =>
            Every(nth, request => request.Service is not Service.Provider, _ => Fault.LoseResponse),
        ["empty pages"] = _ =>
            request => request.IsQuery && !StorageRelay.IsSyntheticPage(request) ? Fault.EmptyPage : Fault.None,
    };

    /// <summary>
    /// Every n-th request gets the fault, for each of these n. The short form has few, because the client waits almost
    /// a second after each.
    /// </summary>
    private static int[] EveryNth(string fault) =>
        (FaultFixture.Full, fault) switch
        {
            (_, "empty pages") => [1],
            (_, "412 for a transaction" or "409 for a transaction") => [3],
            (false, "transaction's response lost" or "transaction's first response lost") => [31],
            (false, _) => [131],
            (true, "transaction's response lost") => [2, 3, 4, 5, 7],
            (true, "transaction's first response lost") => [1, 2],
            (true, _) => [5, 7, 11, 13],
        };

    [Fact]
    public async Task Whatever_storage_does_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var table = new FaultTable(await fixture.RunBaselineAsync());
        foreach (var (name, fault) in _faults)
        {
            foreach (var nth in EveryNth(name))
            {
                await using var run = await ScenarioRun.OpenAsync(fixture);
                table.Add(
                    name,
                    string.Create(CultureInfo.InvariantCulture, $"every {nth}."),
                    await run.RunAsync(
                        scenario => [scenario.LongMorning],
                        _ => new HostRun(HostKind.InProcess, fault(nth))
                    )
                );
                FaultReport.Update("Storage", Note, table);
            }
        }
        FaultReport.Finish(output, "Storage", Note, table);
        Assert.Empty(table.Failures);
        // The provider's response arrived; a storage fault can only delay the record.
        Assert.Equal(0, table.Total.InDoubtSent + table.Total.InDoubtNotSent);
    }

    private static string Note =>
        string.Join("; ", _faults.Keys.Select(f => $"{f}: every {string.Join(", ", EveryNth(f))}."));

    /// <summary>
    /// The transaction was committed, its response was lost, and the client's retry failed because of that commit.
    /// </summary>
    [Fact]
    public async Task A_stalled_notice_is_enqueued_again_although_the_response_to_its_transaction_was_lost()
    {
        await using var environment = await FaultEnvironment.OpenAsync(fixture);
        var (_, http) = await FaultScenario.PlanMorningAsync(environment);
        foreach (var queue in new[] { Queues.EmailNotices, Queues.SmsNotices, Queues.EscalationNotices })
            await environment.Queue(queue).ClearMessagesAsync();

        var recovering = await environment.StartHostAsync(environment.OpenProxy(LoseFirstResponses(1)));
        environment.Clock.SetTo(FaultScenario.At("2026-03-19T09:20:00Z"));
        await recovering.RunTimerAsync(nameof(RequeueStalledNotices));
        await FaultScenario.PumpAsync(http);

        Assert.Equal(25, environment.Providers.Accepted.Count);
    }

    private static Func<OutgoingRequest, Fault> LoseFirstResponses(int nth)
    {
        HashSet<string> seenBodies = [];
        var count = 0;
        return request =>
        {
            lock (seenBodies)
                return
                    request.IsTransaction
                    && seenBodies.Add(Convert.ToHexString(SHA256.HashData(request.Body)))
                    && ++count % nth == 0
                    ? Fault.LoseResponse
                    : Fault.None;
        };
    }

    private static Func<OutgoingRequest, Fault> Every(
        int nth,
        Func<OutgoingRequest, bool> filter,
        Func<OutgoingRequest, Fault> fault
    )
    {
        var count = 0;
        return request => filter(request) && Interlocked.Increment(ref count) % nth == 0 ? fault(request) : Fault.None;
    }

    private static Fault.Response ErrorResponse(OutgoingRequest request, int status, string code) =>
        request.Service is Service.Table
            ? new(
                status,
                "application/json",
                $$"""{"odata.error":{"code":"{{code}}","message":{"lang":"en-US","value":"0:injected"} } }"""
            )
            : new(status, "application/xml", $"<Error><Code>{code}</Code><Message>injected</Message></Error>");
}
