using Dunning.Receivables;

namespace Dunning.Invoices;

/// <param name="Notice">The letter that announced it.</param>
/// <param name="Deadline">The last day to pay or to dispute that the letter names.</param>
/// <param name="ReportedOn">Null while nobody has reported the claim.</param>
/// <param name="WithdrawnOn">Null while the report stands.</param>
internal sealed record CreditReportView(
    string Agency,
    NoticeId Notice,
    DateOnly Deadline,
    DateOnly? ReportedOn,
    DateOnly? WithdrawnOn
)
{
    public static CreditReportView Create(CreditReport report) =>
        new(report.Agency, report.AnnouncedBy, report.Deadline, report.ReportedOn, report.WithdrawnOn);
}
