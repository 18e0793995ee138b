using Azure.Data.Tables;
using Dunning.PolicyVersions;
using Dunning.Receivables.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dunning.Tests.Fixtures;

/// <summary>For tests that compose the app by hand: the saved policies of a table.</summary>
internal static class SavedPolicies
{
    public static PolicyUpdates Of(TableClient table, TimeProvider clock) =>
        new(
            new PolicyTable(table),
            new PaymentFeedRows(table),
            Rules.Default,
            clock,
            NullLogger<PolicyUpdates>.Instance
        );
}
