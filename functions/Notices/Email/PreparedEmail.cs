using Dunning.Notices.Delivery;

namespace Dunning.Notices.Email;

public sealed record PreparedEmail(
    OutgoingEmail Email,
    IReadOnlyList<string> To,
    string TextHash,
    IReadOnlyDictionary<string, string> Details
) : PreparedMessage(Email.Text.Subject, To, TextHash, Details);
