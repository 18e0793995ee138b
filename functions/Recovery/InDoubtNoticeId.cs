using Dunning.Receivables;

namespace Dunning.Recovery;

/// <summary>
/// Names one doubt in an address: the notice and the very claim that left it behind, so that a decision about it can
/// never hit a later one.
/// </summary>
internal sealed record InDoubtNoticeId(string CustomerId, string NoticeId, string Claim)
{
    public static InDoubtNoticeId For(Notice notice) => new(notice.CustomerId, notice.Id, notice.Claim!);

    public static InDoubtNoticeId? Parse(string text) =>
        text.Split('.') is [{ Length: > 0 } customer, { Length: > 0 } notice, { Length: > 0 } claim]
            ? new InDoubtNoticeId(customer, notice, claim)
            : null;

    /// <summary>What the decision about it is kept under.</summary>
    public string Subject => $"{NoticeId}.{Claim}";

    public override string ToString() => $"{CustomerId}.{Subject}";
}
