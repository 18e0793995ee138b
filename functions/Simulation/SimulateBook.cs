using Dunning.Http;
using Dunning.Jobs;
using Dunning.Policies;
using Dunning.PolicyVersions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Simulation;

/// <summary>
/// <c>POST /api/simulate</c>: which messages go out on which day, to whom, with which text and at which cost, if
/// nothing changes; and what other policies would change in that. A job makes it, and nothing else is written.
/// </summary>
public sealed class SimulateBook(JobStart jobs, PolicyUpdates updates, DunningRules rules, TimeProvider clock)
{
    [Function(nameof(SimulateBook))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "simulate")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (body, unreadable) = await RequestBody.ReadJsonAsync(
            request,
            cancellationToken,
            SimulationRequest.MaxBytes
        );
        if (unreadable is not null)
            return unreadable;
        await updates.ReadAsync(cancellationToken);
        var (simulation, error) = SimulationRequest.Read(body, rules.CreditorToday(clock.GetUtcNow()), rules.Policies);
        return simulation is null ? error! : await jobs.RunAsync(JobKind.Simulation, simulation, cancellationToken);
    }
}
