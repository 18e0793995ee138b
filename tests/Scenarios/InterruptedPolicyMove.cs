using System.Text.Json;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>Storage fails after any number of requests of a move: it goes on where it stopped.</summary>
public sealed class InterruptedPolicyMove : Scenario
{
    private const string Policy = "api/policies/default";

    private readonly FailingStorageTransport _storage = new();

    protected override int Shards => 1;

    protected override void ReplaceServices(IServiceCollection services) => _storage.Use(services);

    [Fact]
    public async Task Repeated_after_a_failure_at_any_request_each_invoice_moves_once()
    {
        ExpectedWarnings.Add(FailingStorageTransport.ErrorMessage);
        List<string> ids = [];
        for (var number = 0; number < 4; number++)
            ids.Add(
                await PostInvoiceAsync(
                    Invoice($"HF-{number}", customer: Customer($"c{number % 2}", $"ap@c{number % 2}.example"))
                )
            );

        var version = 2;
        var hasFailed = true;
        for (var requests = 0; hasFailed; requests++)
        {
            version++;
            await SaveAsync(version);
            _storage.Fail(requests);
            hasFailed = await MoveAsync(version) == 503;
            _storage.Restore();
            Assert.Equal(200, await MoveAsync(version));

            foreach (var id in ids)
            {
                Assert.Equal($"default v{version}", (await GetInvoiceAsync(id)).GetProperty("policy").GetString());
                Assert.Equal(version - 2, (await EventsAsync(id)).Count(kind => kind == "policyChanged"));
            }
        }
        // The versions, the rows of the shard, and for each customer its rows, a transaction and its rows again.
        Assert.True(version > 2 + 8, $"A move has only {version - 2} requests.");
    }

    private async Task<int> MoveAsync(int version)
    {
        using var answer = await PostAsync($"{Policy}/move", new { by = "Maya", version });
        return (int)answer.StatusCode;
    }

    private async Task SaveAsync(int version)
    {
        var policy = JsonElement.Parse(
            $$"""
            { "name": "default", "version": {{version}},
              "steps": [{ "id": "v{{version}}", "days": {{version}}, "tone": "friendly", "channels": ["email"] }] }
            """
        );
        using var answer = await RequestAsync(HttpMethod.Put, Policy, new { by = "Maya", policy });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
    }
}
