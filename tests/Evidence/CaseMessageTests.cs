using Dunning.Evidence.Cases;
using Dunning.Receivables;

namespace Dunning.Tests.Evidence;

public sealed class CaseMessageTests
{
    private static readonly DateTimeOffset _at = new(2026, 3, 19, 9, 0, 0, TimeSpan.Zero);
    private static readonly InvoiceEvent _given = Event(EventKind.Sent, minutes: 0, "tom@a.example", "ann@a.example");

    [Fact]
    public void Only_the_report_of_the_main_recipient_after_the_sending_proves_the_delivery()
    {
        var early = Event(EventKind.Delivered, minutes: -1, "tom@a.example");
        var ofCopy = Event(EventKind.Delivered, minutes: 1, "ann@a.example");
        var erased = Event(EventKind.Delivered, minutes: 1);
        var proof = Event(EventKind.Delivered, minutes: 2, "Tom@A.example");

        Assert.Null(Message(early, ofCopy, erased).DeliveredAt);
        Assert.Equal(_at.AddMinutes(2), Message(early, ofCopy, erased, proof).DeliveredAt);
    }

    private static CaseMessage Message(params IReadOnlyList<InvoiceEvent> events) =>
        new(_given, [_given, .. events], Sent: null, Archived: null, Files: []);

    private static InvoiceEvent Event(EventKind kind, int minutes, params IReadOnlyList<string> to) =>
        new(_at.AddMinutes(minutes), kind) { Message = new MessageEvidence { To = to.Count == 0 ? null : to } };
}
