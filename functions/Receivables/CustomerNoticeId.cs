namespace Dunning.Receivables;

/// <summary>Id of a call or letter in the API: the customer and the notice that asks for it.</summary>
public readonly record struct CustomerNoticeId(CustomerId Customer, NoticeId Notice)
{
    /// <returns>Null for anything else.</returns>
    public static CustomerNoticeId? Parse(string text) =>
        text.Split('.') is [var customer, { Length: > 0 and <= 200 } notice]
        && new CustomerId(customer) is { IsValid: true } id
            ? new CustomerNoticeId(id, new NoticeId(notice))
            : null;

    public static CustomerNoticeId Of(Notice notice) => new(notice.CustomerId, notice.Id);

    public override string ToString() => $"{Customer}.{Notice}";
}
