using Dunning.PortalLinks;
using Dunning.Receivables;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>What <see cref="CustomerLinkPage"/> shows.</summary>
/// <param name="Link">Null for a reader, and without a portal.</param>
public sealed record CustomerLink(Customer Customer, PortalLink? Link);
