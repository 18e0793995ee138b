using System.Text.Json;
using Dunning.Jobs;
using Dunning.Receivables.Storage;

namespace Dunning.Simulation;

/// <summary>The job of a simulation: slice by slice some customers of a shard.</summary>
public sealed class SimulationRunner(ReceivablesTable receivables, Simulator simulator, JobFiles files) : IJobRunner
{
    private const int CustomersPerSlice = 200;

    public JobKind Kind => JobKind.Simulation;

    public async Task<JobSlice> RunSliceAsync(Job job, CancellationToken cancellationToken)
    {
        var request = await files.ReadInputAsync<SimulationRequest>(job.Id, cancellationToken);
        var (accounts, next) = await receivables.ReadPageAsync(
            BookPosition.Parse(job.Position),
            CustomersPerSlice,
            cancellationToken
        );
        List<SimulatedCustomer> customers = [];
        foreach (var account in accounts)
            customers.Add(await simulator.RunAsync(account, request, job.CreatedAt, cancellationToken));

        var summary = await SummaryOfAsync(request, customers, cancellationToken);
        await files.SaveSliceAsync<SimulationSummary>(
            job,
            customers.SelectMany(customer => customer.Lines),
            summary.Plus,
            cancellationToken
        );
        var shards = receivables.Shards.All.Count;
        return new JobSlice(next.Shard < shards ? next.ToString() : null, 100 * next.Shard / shards, customers.Count);
    }

    private async Task<SimulationSummary> SummaryOfAsync(
        SimulationRequest request,
        IReadOnlyList<SimulatedCustomer> customers,
        CancellationToken cancellationToken
    )
    {
        string[] names = [SimulationRequest.Current, .. SimulatedScenario.NamesOf(request.Policies)];
        return new SimulationSummary(
            request.From,
            request.Until,
            JsonNamingPolicy.CamelCase.ConvertName(request.Payments.ToString()),
            customers.Count,
            [
                .. names.Select(
                    (name, i) =>
                        customers
                            .Select(customer => customer.Scenarios[i].Summary)
                            .Aggregate(ScenarioSummary.Empty(name, hasChanges: i > 0), (sum, one) => sum.Plus(one))
                ),
            ]
        )
        {
            SendingStopped = await receivables.Sending.IsStoppedAsync(cancellationToken),
        };
    }
}
