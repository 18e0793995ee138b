using System.Globalization;
using System.Security.Cryptography;
using Dunning.Recovery;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>What table and queue storage may do to a request now and then.</summary>
[Trait("Category", "Faults")]
public sealed class StorageFaults(FaultLab lab, ITestOutputHelper output) : IClassFixture<FaultLab>
{
    private static readonly Dictionary<string, Func<int, Func<Passage, Fault>>> _faults = new()
    {
        ["503"] = nth => Every(nth, p => p.Service is not Service.Provider, p => Error(p, 503, "ServerBusy")),
        ["412 for a transaction"] = nth =>
            Every(nth, p => p.IsTransaction, p => Error(p, 412, "UpdateConditionNotSatisfied")),
        ["409 for a transaction"] = nth => Every(nth, p => p.IsTransaction, p => Error(p, 409, "EntityAlreadyExists")),
        ["transaction's answer lost"] = nth => Every(nth, p => p.IsTransaction, _ => Fault.LoseAnswer),
        ["transaction's first answer lost"] = nth => LoseFirstAnswers(nth),
        ["any answer lost"] = nth => Every(nth, p => p.Service is not Service.Provider, _ => Fault.LoseAnswer),
        ["empty pages"] = _ => p => p.IsQuery && !StorageRelay.IsMadeUpPage(p) ? Fault.EmptyPage : Fault.Pass,
    };

    /// <summary>
    /// Which requests it befalls: every n-th, for one n after the other. The short form has few, since the client waits
    /// most of a second after each.
    /// </summary>
    private static int[] EveryNth(string fault) =>
        (FaultLab.Full, fault) switch
        {
            (_, "empty pages") => [1],
            (_, "412 for a transaction" or "409 for a transaction") => [3],
            (false, "transaction's answer lost" or "transaction's first answer lost") => [31],
            (false, _) => [131],
            (true, "transaction's answer lost") => [2, 3, 4, 5, 7],
            (true, "transaction's first answer lost") => [1, 2],
            (true, _) => [5, 7, 11, 13],
        };

    [Fact]
    public async Task Whatever_storage_does_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var table = new FaultTable(await lab.CalmLongMorningAsync());
        foreach (var (name, fault) in _faults)
        {
            foreach (var nth in EveryNth(name))
            {
                await using var run = await FaultRun.OpenAsync(lab);
                table.Add(
                    name,
                    string.Create(CultureInfo.InvariantCulture, $"every {nth}."),
                    await run.RunAsync(script => [script.LongMorning], _ => new HostRun(Home.Here, fault(nth)))
                );
                FaultReport.Note("Storage", Note, table);
            }
        }
        FaultReport.End(output, "Storage", Note, table);
        Assert.Empty(table.Findings);
        // The provider's word came; storage can delay that it is written down, not prevent it.
        Assert.Equal(0, table.Total.DoubtLeft + table.Total.DoubtNotLeft);
    }

    private static string Note =>
        string.Join("; ", _faults.Keys.Select(f => $"{f}: every {string.Join(", ", EveryNth(f))}."));

    /// <summary>
    /// The move was made, its answer was lost, and the client's second try was refused by our own success.
    /// </summary>
    [Fact]
    public async Task A_stalled_notice_is_enqueued_again_though_the_answer_to_that_move_was_lost()
    {
        await using var stage = await Stage.OpenAsync(lab);
        var (_, http) = await Script.PlanMorningAsync(stage);
        foreach (var queue in new[] { Queues.EmailNotices, Queues.SmsNotices, Queues.EscalationNotices })
            await stage.Queue(queue).ClearMessagesAsync();

        var recovering = await stage.StartHostAsync(stage.OpenWire(LoseFirstAnswers(1)));
        stage.Clock.SetTo(Script.At("2026-03-19T09:20:00Z"));
        await recovering.RunTimerAsync(nameof(RequeueStalledNotices));
        await Script.PumpAsync(http);

        Assert.Equal(25, stage.Ledger.Deliveries.Count);
    }

    private static Func<Passage, Fault> LoseFirstAnswers(int nth)
    {
        HashSet<string> tried = [];
        var count = 0;
        return passage =>
        {
            lock (tried)
                return
                    passage.IsTransaction
                    && tried.Add(Convert.ToHexString(SHA256.HashData(passage.Body)))
                    && ++count % nth == 0
                    ? Fault.LoseAnswer
                    : Fault.Pass;
        };
    }

    private static Func<Passage, Fault> Every(int nth, Func<Passage, bool> which, Func<Passage, Fault> fault)
    {
        var count = 0;
        return passage => which(passage) && Interlocked.Increment(ref count) % nth == 0 ? fault(passage) : Fault.Pass;
    }

    private static Fault.Answers Error(Passage passage, int status, string code) =>
        passage.Service is Service.Table
            ? new(
                status,
                "application/json",
                $$"""{"odata.error":{"code":"{{code}}","message":{"lang":"en-US","value":"0:made up"} } }"""
            )
            : new(status, "application/xml", $"<Error><Code>{code}</Code><Message>made up</Message></Error>");
}
