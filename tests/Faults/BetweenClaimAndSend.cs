using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Dunning.Tests.Faults;

/// <summary>
/// Sends a report about each customer between the claim of a reminder and its sending, and again after all reminders
/// were sent. No reminder may reach a provider after a report was accepted.
/// </summary>
public static class BetweenClaimAndSend
{
    /// <param name="report">Sends the report; arguments: client, invoice id, customer number.</param>
    public static async Task AssertNothingIsSentAfterAcceptanceAsync(
        FaultFixture fixture,
        Func<HttpClient, string, int, Task<HttpResponseMessage>> report
    )
    {
        await using var environment = await FaultEnvironment.OpenAsync(fixture);
        var (scenario, http) = await FaultScenario.PlanMorningAsync(environment);

        var accepted = new ConcurrentDictionary<int, long>();
        var claimed = new ConcurrentDictionary<int, bool>();
        using var sender = new HttpClient
        {
            BaseAddress = (await environment.StartHostAsync(environment.OpenProxy(ReportAtClaim))).BaseAddress,
        };
        await FaultScenario.PumpAsync(sender);
        Assert.Equal(FaultScenario.Customers, claimed.Count);
        foreach (var customer in scenario.Invoices.Values)
            await ReportAsync(customer);

        Assert.Equal(FaultScenario.Customers, accepted.Count);
        Assert.DoesNotContain(
            environment.Providers.Accepted,
            d => d.Notice.Step != "thanks" && d.ReceivedAt > accepted[d.Notice.Customer]
        );

        Fault ReportAtClaim(OutgoingRequest request)
        {
            if (!request.IsTransaction)
                return Fault.None;
            // The first transaction about a customer is the claim.
            var rows = Encoding.UTF8.GetString(request.Body);
            var customer = scenario
                .CustomerNumbers.Where(c => rows.Contains(c.Key, StringComparison.Ordinal))
                .Select(c => (int?)c.Value)
                .SingleOrDefault();
            return customer is { } number && claimed.TryAdd(number, true)
                ? new Fault.RunBeforeResponse(() => ReportAsync(number))
                : Fault.None;
        }

        async Task ReportAsync(int customer)
        {
            using var response = await report(http, scenario.Invoices.Single(i => i.Value == customer).Key, customer);
            if (response.IsSuccessStatusCode)
                accepted.TryAdd(customer, Stopwatch.GetTimestamp());
        }
    }
}
