using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Jobs;
using Dunning.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Jobs;

/// <summary>Jobs that are stopped, killed and late; a simulation is the example.</summary>
public sealed class JobRuns : SimulationScenario
{
    protected override int Shards => 4;

    [Fact]
    public async Task A_job_that_is_killed_after_its_files_repeats_one_slice_and_ends_with_the_same_result()
    {
        for (var customer = 0; customer < 8; customer++)
            await PostInvoiceAsync(
                Invoice($"J-{customer}", customer: Customer($"c{customer}", $"ap@c{customer}.example"))
            );
        var whole = await SimulateAsync(new { });
        var id = await StartAsync();
        await RunSliceAsync(id);
        // The process ends between the files of the second slice and the row: as if the slice had not begun.
        var runner = Host.Services.GetServices<IJobRunner>().Single(one => one.Kind is JobKind.Simulation);
        await runner.RunSliceAsync(await RowAsync(id), CancellationToken.None);

        var half = await JobAsync(id);
        Assert.Equal((JobState.Running, 25), (half.State, half.Percent));
        await Host.PumpAsync(only: Queues.Jobs);

        Assert.Equal(JobState.Done, (await JobAsync(id)).State);
        Assert.Equal(await TextAsync($"{whole}/result"), await TextAsync($"{id}/result"));
        Assert.Equal(await TextAsync($"{whole}/summary"), await TextAsync($"{id}/summary"));
    }

    [Fact]
    public async Task Two_deliveries_of_one_message_do_a_slice_once()
    {
        await PostInvoiceAsync(Invoice("J-9"));
        var id = await StartAsync();
        var run = ActivatorUtilities.CreateInstance<RunJob>(Host.Services);

        await Task.WhenAll(
            run.Run(new JobReady(id), CancellationToken.None),
            run.Run(new JobReady(id), CancellationToken.None)
        );
        await Host.PumpAsync(only: Queues.Jobs);

        var job = await JobAsync(id);
        Assert.Equal((JobState.Done, 1), (job.State, job.Done));
    }

    [Fact]
    public async Task A_cancelled_job_goes_no_further()
    {
        var id = await StartAsync();
        await RunSliceAsync(id);

        using var cancelled = await PostAsync($"api/jobs/{id}/cancel", new { });
        await Host.PumpAsync(only: Queues.Jobs);

        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal(JobState.Cancelled, (await JobAsync(id)).State);
        Assert.Equal(1, (await RowAsync(id)).Slices);
        using var result = await Http.GetAsync(new Uri($"api/jobs/{id}/result", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Conflict, result.StatusCode);
        using var again = await PostAsync($"api/jobs/{id}/cancel", new { });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_job_whose_message_was_lost_goes_on_after_a_quarter_of_an_hour()
    {
        var jobs = Host.Services.GetRequiredService<JobTable>();
        var id = await StartAsync();
        var job = await jobs.FindAsync(id, CancellationToken.None);
        // The message is received, and its process dies with the queue's copy.
        await Host.PumpAsync(only: Queues.Jobs);
        await jobs.TrySaveAsync(
            (await jobs.FindAsync(id, CancellationToken.None))!,
            job!.Value,
            CancellationToken.None
        );

        await Host.RunTimerAsync(nameof(RequeueStalledJobs));
        Assert.Equal(0, await Host.PumpAsync(only: Queues.Jobs));
        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await Host.RunTimerAsync(nameof(RequeueStalledJobs));
        await Host.PumpAsync(only: Queues.Jobs);

        Assert.Equal(JobState.Done, (await JobAsync(id)).State);
    }

    [Fact]
    public async Task A_job_that_cannot_be_done_fails_after_five_times_and_its_message_waits_for_a_person()
    {
        ExpectedWarnings.AddRange(["RunJob failed", "was moved", "Job "]);
        var id = await StartAsync();
        var files = Host.Services.GetRequiredService<JobFiles>();
        var input = await files.ReadInputAsync<JsonElement>(id, CancellationToken.None);
        await files.DeleteAsync(id, CancellationToken.None);

        for (var attempt = 0; attempt <= Job.MaxFailures; attempt++)
        {
            await Host.PumpAsync();
            Host.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        await Host.PumpAsync();

        var job = await JobAsync(id);
        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains("/api/manage/recover", job.Problem, StringComparison.Ordinal);
        var failures = await Http.GetFromJsonAsync<JsonElement>("api/manage/recover");
        var poisoned = failures.GetProperty("poisoned")[0];
        Assert.Contains(Queues.Jobs, poisoned.ToString(), StringComparison.Ordinal);

        // The cause is removed, and a person replays the message: the job goes on.
        await files.SaveInputAsync(id, input, CancellationToken.None);
        using var replayed = await PostAsync(
            $"api/manage/recover/{poisoned.GetProperty("id").GetString()}/replay",
            new { by = "Maya", note = "restored" }
        );
        await Host.PumpAsync();
        Assert.Equal(JobState.Done, (await JobAsync(id)).State);
    }

    [Fact]
    public async Task After_seven_days_nothing_of_a_job_is_left()
    {
        await PostInvoiceAsync(Invoice("J-10"));
        var id = await SimulateAsync(new { });
        var row = await RowAsync(id);

        Host.Clock.Advance(TimeSpan.FromDays(6));
        await Host.RunTimerAsync(nameof(PruneJobs));
        Assert.Contains(id, await TextAsync(""), StringComparison.Ordinal);
        Host.Clock.Advance(TimeSpan.FromDays(1));
        await Host.RunTimerAsync(nameof(PruneJobs));

        using var gone = await Http.GetAsync(new Uri($"api/jobs/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Null(await Host.Services.GetRequiredService<JobFiles>().ReadSummaryAsync(row, CancellationToken.None));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("..%2F..%2Fsent-messages")]
    [InlineData("x")]
    public async Task An_unknown_job_is_not_found(string id)
    {
        foreach (var path in new[] { "", "/summary", "/result" })
        {
            using var found = await Http.GetAsync(new Uri($"api/jobs/{id}{path}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, found.StatusCode);
        }
        using var cancelled = await PostAsync($"api/jobs/{id}/cancel", new { });
        Assert.Equal(HttpStatusCode.NotFound, cancelled.StatusCode);
    }

    private async Task<string> StartAsync()
    {
        using var response = await PostAsync("api/simulate", new { });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Like the message of the queue, which stays where it is.</summary>
    private Task RunSliceAsync(string id) =>
        ActivatorUtilities.CreateInstance<RunJob>(Host.Services).Run(new JobReady(id), CancellationToken.None);

    private async Task<Job> RowAsync(string id) =>
        (await Host.Services.GetRequiredService<JobTable>().FindAsync(id, CancellationToken.None))!.Value;

    private Task<string> TextAsync(string path) =>
        Http.GetStringAsync(new Uri($"api/jobs/{path}".TrimEnd('/'), UriKind.Relative));
}
