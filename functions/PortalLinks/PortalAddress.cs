using Dunning.Configuration;
using Dunning.Receivables;

namespace Dunning.PortalLinks;

/// <summary>Makes the links to the portal.</summary>
public sealed class PortalAddress(PortalOptions options, PortalKey key)
{
    /// <summary>Where the pages of the portal begin.</summary>
    internal const string Path = "api/portal";

    /// <param name="name">Of the message in which the link stands: equal for every attempt to send it.</param>
    /// <param name="lastDueDate">Of the invoices that the message names; null for none.</param>
    /// <returns>Null where the app does not know its public address.</returns>
    internal PortalLink? LinkFor(Customer customer, string name, DateOnly today, DateOnly? lastDueDate)
    {
        if (options.Address is not { } address || customer is not { ErasedAt: null, Merge: null })
            return null;
        var token = PortalToken.Create(customer, name, today, lastDueDate);
        return new($"{address}{Path}/{token.Write(key)}", token.LastDay);
    }
}

/// <param name="LastDay">The last day on which it opens the pages, in the customer's zone.</param>
public sealed record PortalLink(string Address, DateOnly LastDay);
