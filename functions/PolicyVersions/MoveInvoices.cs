using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.CountRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.PolicyVersions;

/// <summary>
/// <c>POST /api/policies/{name}/move</c> with <c>{"by": "Maya", "version": 3}</c>: the open invoices that follow an
/// earlier version go on with this one, as the preview has shown. Repeating it after a failure continues where it
/// stopped.
/// </summary>
public sealed class MoveInvoices(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    PolicyUpdates updates,
    DunningRules rules,
    TimeProvider clock
)
{
    private const string InvalidTitle = "The request to move invoices is not valid";

    [Function(nameof(MoveInvoices))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "policies/{name}/move")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        var (move, error) = await JsonBody.ReadAsync(
            request,
            InvalidTitle,
            json => new MoveRequest(
                json.Required("by", Line(100)),
                json.Required("version", WholeNumber(1, int.MaxValue))
            ),
            cancellationToken
        );
        if (move is null)
            return error!;
        var stored = await updates.ReadAsync(cancellationToken);
        if (rules.Policies.VersionsOf(name) is not [var newest, ..])
            return ApiResult.NotFound("policy of this name");
        if (newest.Version != move.Version)
            return ApiResult.NotPossibleNow(
                "It is not the newest version",
                $"Invoices move to the newest version, {newest.Key}: look at its preview, then send that version."
            );
        return WaitFor(stored, newest)
            ?? ApiResult.Ok(new { Policy = newest.Key, Moved = await MoveAsync(newest, move.By, cancellationToken) });
    }

    /// <returns>Null when the version is active.</returns>
    private ApiResult? WaitFor(IReadOnlyList<StoredPolicy> stored, Policy newest) =>
        stored.FirstOrDefault(one => one.Policy.Key == newest.Key)?.ActiveFrom - clock.GetUtcNow() is { } wait
        && wait > TimeSpan.Zero
            ? ApiResult.RetryLater(
                "The version is not active yet",
                "A version is active a minute after it was saved. Send the same request again then.",
                TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds))
            )
            : null;

    private async Task<int> MoveAsync(Policy policy, string by, CancellationToken cancellationToken)
    {
        var moved = await Task.WhenAll(
            receivables.Shards.All.Select(shard => MoveAsync(shard, policy, by, cancellationToken))
        );
        return moved.Sum();
    }

    /// <summary>One customer whose rows cannot be read must not stop the others: it fails at the end.</summary>
    private async Task<int> MoveAsync(string shard, Policy policy, string by, CancellationToken cancellationToken)
    {
        var count = 0;
        List<Exception> failed = [];
        await foreach (var found in receivables.ReadAllAsync(shard, cancellationToken))
        {
            var moving = found.Invoices.Count(invoice => PolicyMove.Concerns(invoice.Value, policy));
            // The rows of a customer that is being merged move first.
            if (moving == 0 || found.Customer.Value.Merge is not null)
                continue;
            try
            {
                await transactions.RepeatAsync(
                    found.Id,
                    (context, account) => PolicyMove.Decide(context, account, policy, by),
                    cancellationToken
                );
                count += moving;
            }
            catch (InvalidOperationException invalid)
            {
                failed.Add(new InvalidOperationException($"Customer {found.Id} could not be moved.", invalid));
            }
        }
        return failed.Count == 0 ? count : throw new AggregateException(failed);
    }

    private sealed record MoveRequest(string By, int Version);
}
