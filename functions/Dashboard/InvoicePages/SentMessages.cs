using Dunning.Notices.Delivery;
using Dunning.Receivables;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>What <see cref="MessagePage"/> shows.</summary>
/// <param name="Messages">Oldest first; several when a person had the notice sent again.</param>
public sealed record SentMessages(Invoice Invoice, string Notice, IReadOnlyList<ArchivedMessage> Messages);
