using Dunning.Notices.Delivery;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

public sealed record PreparedEmail(
    OutgoingEmail Email,
    IReadOnlyList<string> To,
    string TextHash,
    MessageEvidence Evidence
) : PreparedMessage(To, TextHash, Evidence, Email.Content);
