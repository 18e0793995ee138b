namespace Dunning.Notices.Delivery;

/// <summary>What erasure has to know of an archived message.</summary>
/// <param name="InvoiceIds">See <see cref="ArchivedMessage"/>.</param>
/// <param name="At">See <see cref="ArchivedMessage"/>.</param>
public sealed record MessageReference(string Name, IReadOnlyList<string> InvoiceIds, DateTimeOffset At);
