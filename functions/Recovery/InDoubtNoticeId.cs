using Dunning.Receivables;

namespace Dunning.Recovery;

/// <summary>
/// Identifies a notice in doubt in a URL: the notice and its claim, so that a decision cannot apply to a later claim of
/// the same notice.
/// </summary>
internal sealed record InDoubtNoticeId(CustomerId CustomerId, NoticeId NoticeId, string Claim)
{
    public static InDoubtNoticeId For(Notice notice) => new(notice.CustomerId, notice.Id, notice.Claim!);

    public static InDoubtNoticeId? Parse(string text) =>
        text.Split('.') is [{ Length: > 0 } customer, { Length: > 0 } notice, { Length: > 0 } claim]
            ? new InDoubtNoticeId(new CustomerId(customer), new NoticeId(notice), claim)
            : null;

    /// <summary>Key of the stored decision.</summary>
    public string Subject => $"{NoticeId}.{Claim}";

    public override string ToString() => $"{CustomerId}.{Subject}";
}
