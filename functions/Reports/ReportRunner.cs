using Dunning.Configuration;
using Dunning.Jobs;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Reports;

/// <summary>The job of a report: slice by slice some customers of a shard.</summary>
public sealed class ReportRunner(ReceivablesTable receivables, DunningRules rules, SmsOptions sms, JobFiles files)
    : IJobRunner
{
    private const int CustomersPerSlice = 100;

    public JobKind Kind => JobKind.Report;

    public async Task<JobSlice> RunSliceAsync(Job job, CancellationToken cancellationToken)
    {
        var request = await files.ReadInputAsync<ReportRequest>(job.Id, cancellationToken);
        var (accounts, next) = await receivables.ReadPageAsync(
            BookPosition.Parse(job.Position),
            CustomersPerSlice,
            cancellationToken
        );
        var report = new Report(request.From, request.Until, 0, [], [], [], new(0, 0, 0), new(0, 0, 0));
        foreach (var account in accounts)
            report = (await ReadAsync(account, request, job.CreatedAt, cancellationToken)).Plus(report);
        await files.SaveSliceAsync<Report>(
            job,
            [],
            before =>
                report.Plus(before) is var sum
                    ? sum with
                    {
                        Currencies = [.. sum.Currencies.Select(one => one.WithDaysSalesOutstanding(request.Until))],
                    }
                    : report,
            cancellationToken
        );
        var shards = receivables.Shards.All.Count;
        return new JobSlice(next.Shard < shards ? next.ToString() : null, 100 * next.Shard / shards, accounts.Count);
    }

    private async Task<Report> ReadAsync(
        CustomerAccount account,
        ReportRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var history = await receivables.ReadHistoryAsync(account.Id, account.Invoices, cancellationToken);
        var events = new Dictionary<InvoiceId, IReadOnlyList<InvoiceEvent>>();
        foreach (var invoice in history.Invoices)
            events[invoice.Id] = await receivables.ReadEventsAsync(invoice.Id, cancellationToken);
        var context = new DunningContext(account.Customer.Value, rules, now);
        return CustomerReport.Create(context, request, history, events, sms);
    }
}
