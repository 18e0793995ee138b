using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Wordings;

/// <summary>
/// One row for each version in the partition <c>wording</c>, the newest first, so that the current one is the first row
/// of its policy and language.
/// </summary>
public sealed class WordingTable(TableClient table)
{
    private const string Partition = "wording";
    private const int LastVersion = 999_999;

    /// <returns>Null while nothing was ever changed.</returns>
    public async Task<Wording?> ReadAsync(string policy, string language, CancellationToken cancellationToken)
    {
        await foreach (var row in FindAsync(policy, language, maxPerPage: 1, cancellationToken))
            return Rows.Read<Wording>(row);
        return null;
    }

    /// <summary>All versions, the newest first.</summary>
    public async IAsyncEnumerable<Wording> ReadAllAsync(
        string policy,
        string language,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in FindAsync(policy, language, maxPerPage: null, cancellationToken))
            yield return Rows.Read<Wording>(row);
    }

    /// <returns>False when the version is there: another request was first.</returns>
    public async Task<bool> TryAddAsync(Wording wording, CancellationToken cancellationToken)
    {
        var key = $"{PrefixOf(wording.Policy, wording.Language)}{LastVersion - wording.Version:D6}";
        try
        {
            await table.AddEntityAsync(Rows.Write(Partition, key, wording), cancellationToken);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return false;
        }
    }

    private AsyncPageable<TableEntity> FindAsync(
        string policy,
        string language,
        int? maxPerPage,
        CancellationToken cancellationToken
    ) =>
        table.QueryAsync<TableEntity>(
            Keys.FilterOf(Partition, PrefixOf(policy, language)),
            maxPerPage,
            cancellationToken: cancellationToken
        );

    private static string PrefixOf(string policy, string language) => $"{Ids.Hash('p', policy)}_{language}_";
}
