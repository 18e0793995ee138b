using Dunning.Receivables;

namespace Dunning.Documents;

/// <summary>A message of the queue of documents.</summary>
/// <param name="Attempt">From 1.</param>
public sealed record DocumentToFetch(CustomerId CustomerId, string InvoiceId, string Url, int Attempt = 1)
{
    public const int MaxAttempts = 5;

    /// <summary>The message is sent before the invoice is stored, so that no crash can lose it.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(15);

    /// <summary>1, 6, 36 and 216 minutes.</summary>
    public TimeSpan NextDelay => TimeSpan.FromMinutes(Math.Pow(6, Attempt - 1));
}
