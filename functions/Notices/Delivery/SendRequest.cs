using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>What a channel has to work with: the notice, its reader, and what the pre-send check let through.</summary>
public sealed record SendRequest(Notice Notice, Customer Customer, PreSendResult Check);
