using DnsClient;
using Dunning.Configuration;

namespace Dunning.Notices.Email;

public enum MailDomainProblem
{
    /// <summary>The big receivers refuse mail of a domain without it.</summary>
    Missing,

    /// <summary>Two records are an error: receivers ignore both (RFC 7208 section 3.2).</summary>
    Several,

    /// <summary><c>+all</c> or <c>all</c>: anybody may send in the firm's name.</summary>
    AllowsEverybody,

    /// <summary>The domain name system did not answer.</summary>
    NotAsked,
}

/// <summary>A record of the sending domain as it is published.</summary>
/// <param name="Text">Null when it is missing or was not asked for.</param>
/// <param name="Problem">Null for one that is right.</param>
public sealed record MailRecord(string? Text, MailDomainProblem? Problem);

/// <summary>
/// Whether the domain of the sender says who may send in its name: SPF (RFC 7208) and DMARC (RFC 9989). Google, Yahoo
/// and Microsoft refuse mail without them. DKIM cannot be asked for without the name of a key.
/// </summary>
public sealed class MailDomain(ILookupClient dns, EmailOptions options)
{
    /// <summary>RFC 9989 section 4.10: the tree is walked in at most eight queries.</summary>
    private const int MaxQueries = 8;

    public string Name { get; } = options.From[(options.From.IndexOf('@', StringComparison.Ordinal) + 1)..];

    public async Task<MailRecord> ReadSpfAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(Name, "v=spf1", cancellationToken) is not { } found)
            return new MailRecord(null, MailDomainProblem.NotAsked);
        return found switch
        {
            [] => new MailRecord(null, MailDomainProblem.Missing),
            [var only] => new MailRecord(
                only,
                only.Split(' ').Any(term => term is "all" or "+all") ? MailDomainProblem.AllowsEverybody : null
            ),
            _ => new MailRecord(found[0], MailDomainProblem.Several),
        };
    }

    /// <summary>That of the domain, else of the first domain above it that has one.</summary>
    public async Task<MailRecord> ReadDmarcAsync(CancellationToken cancellationToken)
    {
        var labels = Name.Split('.');
        for (var query = 0; query < Math.Min(labels.Length - 1, MaxQueries); query++)
        {
            var name = $"_dmarc.{string.Join('.', labels[query..])}";
            switch (await FindAsync(name, "v=DMARC1", cancellationToken))
            {
                case null:
                    return new MailRecord(null, MailDomainProblem.NotAsked);
                case [var only]:
                    return new MailRecord(only, Problem: null);
                case { Count: > 1 } several:
                    return new MailRecord(several[0], MailDomainProblem.Several);
            }
        }
        return new MailRecord(null, MailDomainProblem.Missing);
    }

    /// <returns>Null when the domain name system did not answer.</returns>
    private async Task<IReadOnlyList<string>?> FindAsync(
        string name,
        string version,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await dns.QueryAsync(name, QueryType.TXT, cancellationToken: cancellationToken);
            // A name that does not exist is an answer, too.
            if (answer.HasError && answer.Header.ResponseCode is not DnsHeaderResponseCode.NotExistentDomain)
                return null;
            return
            [
                .. answer
                    .Answers.TxtRecords()
                    .Select(record => string.Concat(record.Text).Trim())
                    .Where(text =>
                        text.StartsWith(version, StringComparison.OrdinalIgnoreCase)
                        && (text.Length == version.Length || text[version.Length] is ' ' or ';')
                    ),
            ];
        }
        catch (Exception failure) when (failure is DnsResponseException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
