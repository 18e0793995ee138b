using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>What table and queue storage may do to a request now and then.</summary>
[Collection(nameof(FaultLab)), Trait("Category", "Faults")]
public sealed class StorageFaults(FaultLab lab, ITestOutputHelper output)
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

    [Fact]
    public async Task Whatever_storage_does_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var table = new FaultTable(await lab.CalmLongMorningAsync());
        foreach (var (name, fault) in s_faults)
        {
            await using var run = await FaultRun.PrepareAsync(lab, fault(), Victim.Here);
            table.Add(name, "", await run.RunAsync(script => script.LongMorning));
        }
        FaultLab.Print(output, $"What storage does.\n{table}{table.Explain()}");
        Assert.Empty(table.Findings);
        // The provider's word came; storage can delay that it is written down, not prevent it.
        Assert.Equal(0, table.Total.DoubtLeft + table.Total.DoubtNotLeft);
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
