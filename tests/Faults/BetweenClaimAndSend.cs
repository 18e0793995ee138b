using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Dunning.Tests.Faults;

/// <summary>
/// Something is reported of every customer in the instant between the claim of a reminder and its sending, and once
/// more when all have left.
/// </summary>
public static class BetweenClaimAndSend
{
    /// <param name="report">Reports it of a customer's invoice.</param>
    public static async Task NothingFollowsAsync(
        FaultLab lab,
        Func<HttpClient, string, int, Task<HttpResponseMessage>> report
    )
    {
        await using var stage = await Stage.OpenAsync(lab);
        var (script, http) = await Script.PlanMorningAsync(stage);

        var accepted = new ConcurrentDictionary<int, long>();
        var claimed = new ConcurrentDictionary<int, bool>();
        using var sender = new HttpClient
        {
            BaseAddress = (await stage.StartHostAsync(stage.OpenWire(ReportAtClaim))).BaseAddress,
        };
        await Script.PumpAsync(sender);
        Assert.Equal(Script.Customers, claimed.Count);
        foreach (var customer in script.Invoices.Values)
            await ReportAsync(customer);

        Assert.Equal(Script.Customers, accepted.Count);
        Assert.DoesNotContain(
            stage.Ledger.Deliveries,
            d => d.Name.Step != "thanks" && d.BeganAt > accepted[d.Name.Customer]
        );

        Fault ReportAtClaim(Passage passage)
        {
            if (!passage.IsTransaction)
                return Fault.Pass;
            // The first that a sender writes about a customer is its claim.
            var rows = Encoding.UTF8.GetString(passage.Body);
            var customer = script
                .CustomerNumbers.Where(c => rows.Contains(c.Key, StringComparison.Ordinal))
                .Select(c => (int?)c.Value)
                .SingleOrDefault();
            return customer is { } one && claimed.TryAdd(one, true)
                ? new Fault.Held(() => ReportAsync(one))
                : Fault.Pass;
        }

        async Task ReportAsync(int customer)
        {
            using var answer = await report(http, script.Invoices.Single(i => i.Value == customer).Key, customer);
            if (answer.IsSuccessStatusCode)
                accepted.TryAdd(customer, Stopwatch.GetTimestamp());
        }
    }
}
