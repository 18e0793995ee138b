using System.Security.Cryptography;
using Dunning.Recover;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>What table and queue storage may do to a request now and then.</summary>
[Trait("Category", "Faults")]
public sealed class StorageFaults(FaultLab lab, ITestOutputHelper output) : IClassFixture<FaultLab>
{
    /// <summary>The client waits most of a second before it tries again, so the short form has fewer of what makes it.</summary>
    private static int Rarely => FaultLab.Full ? 11 : 131;

    private static readonly Dictionary<string, Func<Func<Passage, Fate>>> s_faults = new()
    {
        ["503"] = () => Every(Rarely, p => p.Service is not Service.Provider, p => Error(p, 503, "ServerBusy")),
        ["412 for a transaction"] = () => Every(3, p => p.IsTransaction, p => Error(p, 412, "UpdateConditionNotSatisfied")),
        ["409 for a transaction"] = () => Every(3, p => p.IsTransaction, p => Error(p, 409, "EntityAlreadyExists")),
        ["transaction's answer lost"] = () => Every(FaultLab.Full ? 3 : 31, p => p.IsTransaction, _ => Fate.LoseAnswer),
        ["any answer lost"] = () => Every(Rarely, p => p.Service is not Service.Provider, _ => Fate.LoseAnswer),
        ["empty pages"] = () => p => p.IsQuery && !StorageRelay.IsMadeUpPage(p) ? Fate.EmptyPage : Fate.Pass,
    };

    /// <summary>Each costs the client most of a second.</summary>
    private static IEnumerable<KeyValuePair<string, Func<Func<Passage, Fate>>>> Faults =>
        FaultLab.Full ? s_faults.Append(new("every transaction's first answer lost", LoseFirstAnswers)) : s_faults;

    [Fact]
    public async Task Whatever_storage_does_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var table = new FaultTable(await lab.CalmLongMorningAsync());
        foreach (var (name, fault) in Faults)
        {
            await using var run = await FaultRun.OpenAsync(lab);
            table.Add(name, "", await run.RunAsync(script => [script.LongMorning], _ => new Cast(Home.Here, fault())));
        }
        FaultReport.End(output, "Storage", $"{Faults.Count()} kinds of storage faults", table);
        Assert.Empty(table.Findings);
        // The provider's word came; storage can delay that it is written down, not prevent it.
        Assert.Equal(0, table.Total.DoubtLeft + table.Total.DoubtNotLeft);
    }

    /// <summary>The move was made, its answer was lost, and the client's second try was refused by our own success.</summary>
    [Fact]
    public async Task A_stalled_notice_is_enqueued_again_though_the_answer_to_that_move_was_lost()
    {
        await using var stage = await Stage.OpenAsync(lab);
        stage.Clock.SetTo(Script.Start);
        var script = new Script(stage.Clock);
        var http = await stage.CalmHostAsync();
        await script.PostInvoicesAsync(http);
        await script.TickAsync(http, "2026-03-19T09:00:00Z");
        await Script.PumpAsync(http, Queues.Scan);
        foreach (var queue in new[] { Queues.EmailNotices, Queues.SmsNotices, Queues.EscalationNotices })
            await stage.Queue(queue).ClearMessagesAsync();

        var recovering = await stage.StartHostAsync(stage.OpenWire(LoseFirstAnswers()));
        stage.Clock.SetTo(Script.At("2026-03-19T09:20:00Z"));
        await recovering.RunTimerAsync(nameof(RequeueStalledNotices));
        await Script.PumpAsync(http);

        Assert.Equal(25, stage.Ledger.Deliveries.Count);
    }

    private static Func<Passage, Fate> LoseFirstAnswers()
    {
        HashSet<string> tried = [];
        return passage =>
        {
            lock (tried)
                return passage.IsTransaction && tried.Add(Convert.ToHexString(SHA256.HashData(passage.Body))) ? Fate.LoseAnswer : Fate.Pass;
        };
    }

    private static Func<Passage, Fate> Every(int nth, Func<Passage, bool> which, Func<Passage, Fate> fault)
    {
        var count = 0;
        return passage => which(passage) && Interlocked.Increment(ref count) % nth == 0 ? fault(passage) : Fate.Pass;
    }

    private static Fate.Answers Error(Passage passage, int status, string code) => passage.Service is Service.Table
        ? new(status, "application/json", $$"""{"odata.error":{"code":"{{code}}","message":{"lang":"en-US","value":"0:made up"} } }""")
        : new(status, "application/xml", $"<Error><Code>{code}</Code><Message>made up</Message></Error>");
}
