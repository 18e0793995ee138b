using Dunning.Receivables;

namespace Dunning.Recovery;

/// <summary>One entry of <c>GET /api/manage/recover</c>.</summary>
/// <param name="Id">For <c>POST /api/manage/recover/{id}/{decision}</c>; null where no decision is possible.</param>
/// <param name="Decisions">The possible decisions; empty where the program retries by itself.</param>
internal sealed record RecoverRow(
    string? Id,
    string? Queue,
    string Cause,
    DateTimeOffset? Since,
    int? AgeMinutes,
    IReadOnlyList<string> Decisions
)
{
    private static readonly string[] _inDoubtDecisions = ["sent", "again", "drop"],
        _decisionsBeforeProviderQuery = ["sent", "drop"];
    private static readonly string[] _failureDecisions = ["replay", "discard"];

    public NoticeId? Notice { get; init; }
    public Channel? Channel { get; init; }
    public NoticeTone? Tone { get; init; }
    public CustomerId? CustomerId { get; init; }
    public IReadOnlyList<InvoiceName> Invoices { get; init; } = [];

    public static RecoverRow InDoubt(Notice notice, IReadOnlyList<InvoiceName> invoices, DateTimeOffset now) =>
        Row(
                InDoubtNoticeId.For(notice).ToString(),
                Queues.ForChannel(notice.Channel),
                notice.InDoubtReason ?? "the sender stopped while sending",
                notice.ClaimedAt!.Value,
                now,
                notice.ProviderQueried ? _inDoubtDecisions : _decisionsBeforeProviderQuery
            )
            .WithNotice(notice, invoices);

    /// <summary>
    /// No decision: <see cref="RequeueStalledNotices"/> enqueues it again, each time after twice the wait.
    /// </summary>
    public static RecoverRow Stalled(Notice notice, IReadOnlyList<InvoiceName> invoices, DateTimeOffset now) =>
        Row(null, Queues.ForChannel(notice.Channel), "planned and not sent yet", notice.NotBefore, now, [])
            .WithNotice(notice, invoices);

    public static RecoverRow Unreadable(Unsent unsent) =>
        new(null, null, "a row of the customer cannot be read", null, null, [])
        {
            CustomerId = unsent.CustomerId,
            Notice = unsent.NoticeId,
        };

    public static RecoverRow Poisoned(Failure failure, DateTimeOffset now) =>
        Row(
            failure.Id,
            failure.Queue,
            failure.Cause ?? "the host stopped before the message was read",
            failure.PoisonedAt!.Value,
            now,
            _failureDecisions
        );

    public RecoverRow WithNotice(Notice notice, IReadOnlyList<InvoiceName> invoices) =>
        this with
        {
            Notice = notice.Id,
            Channel = notice.Channel,
            Tone = notice.Tone,
            CustomerId = notice.CustomerId,
            Invoices = invoices,
        };

    private static RecoverRow Row(
        string? id,
        string queue,
        string cause,
        DateTimeOffset since,
        DateTimeOffset now,
        string[] decisions
    ) => new(id, queue, cause, since, (int)(now - since).TotalMinutes, decisions);
}

/// <param name="Number">Null for an invoice that was deleted.</param>
internal sealed record InvoiceName(string Id, string? Number);
