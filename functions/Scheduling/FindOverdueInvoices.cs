using Microsoft.Azure.Functions.Worker;

namespace Dunning.Scheduling;

/// <summary>
/// Starts the scan for invoices with a step due after their due date. Running it twice changes nothing, and the run
/// after a missed one finds everything.
/// </summary>
public sealed class FindOverdueInvoices(ScanStart scans)
{
    [Function(nameof(FindOverdueInvoices))]
    public Task Run(
        [TimerTrigger("%FindOverdueInvoicesSchedule%")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => scans.EnqueueAsync(upcoming: false, cancellationToken);
}
