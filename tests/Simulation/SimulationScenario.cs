using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Jobs;
using Dunning.Receivables.Storage;
using Dunning.Simulation;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Simulation;

/// <summary>A scenario that simulates by the API, and reads what the job has made.</summary>
public abstract class SimulationScenario : Scenario
{
    /// <summary>Starts the job and runs it to its end.</summary>
    protected async Task<string> SimulateAsync(object request)
    {
        using var response = await PostAsync("api/simulate", request);
        Assert.True((int)response.StatusCode == 202, await response.Content.ReadAsStringAsync());
        var job = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"/api/jobs/{job.GetProperty("id").GetString()}", response.Headers.Location!.ToString());
        await Host.PumpAsync(only: Queues.Jobs);
        return job.GetProperty("id").GetString()!;
    }

    protected async Task<JobView> JobAsync(string id) =>
        (await Http.GetFromJsonAsync<JobView>($"api/jobs/{id}", Rows.Json))!;

    protected async Task<SimulationSummary> SummaryAsync(string id) =>
        (await Http.GetFromJsonAsync<SimulationSummary>($"api/jobs/{id}/summary", Rows.Json))!;

    protected async Task<IReadOnlyList<SimulatedLine>> ResultAsync(string id) =>
        [
            .. (await Http.GetStringAsync(new Uri($"api/jobs/{id}/result", UriKind.Relative)))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<SimulatedLine>(line, Rows.Json)!),
        ];
}
