using Microsoft.Azure.Functions.Worker;

namespace Dunning.Scheduling;

/// <summary>
/// Starts the scan for invoices with a step due before their due date. Running it twice changes nothing, and the run
/// after a missed one finds everything.
/// </summary>
public sealed class FindUpcomingInvoices(ScanStart scans)
{
    [Function(nameof(FindUpcomingInvoices))]
    public Task Run(
        [TimerTrigger("%FindUpcomingInvoicesSchedule%")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => scans.EnqueueAsync(upcoming: true, cancellationToken);
}
