using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Tests.Notices.Letters;

/// <summary>Sample notice contents, to vary in tests.</summary>
public static class LetterSamples
{
    public static readonly DateOnly Today = new(2026, 3, 8);

    internal static LetterInvoice Invoice(string number = "2026-0042", long open = 119_000, string currency = "EUR") =>
        new()
        {
            Number = number,
            IssueDate = new(2026, 2, 3),
            DueDate = new(2026, 3, 5),
            OpenAmount = new Money(open, currency),
            Charged = Money.Zero(currency),
            Paid = Money.Zero(currency),
            PaymentLinks = [new(PaymentMethod.Other, $"https://pay.example.com/i/{number}?a=1&b=2")],
            DocumentUrl = $"https://billing.example.com/{number}.pdf",
            Bank = new BankTransfer("DK5000400440116243", "DABADKKK", "RF18 5390 0754 7034", "Fjordlys ApS"),
            OrderReference = "PO-7781",
        };

    internal static NoticeContent Letter(NoticeTone kind, params LetterInvoice[] invoices) =>
        new()
        {
            Tone = kind,
            Language = Language.For("en"),
            Today = kind switch
            {
                NoticeTone.Upcoming => new(2026, 2, 28),
                NoticeTone.DueToday => new(2026, 3, 5),
                _ => Today,
            },
            From = new Sender
            {
                Company = "Fjordlys ApS",
                Person = "Mette Holm",
                Email = "mette@fjordlys.example",
                Phone = "+45 70 12 34 56",
            },
            Greet = "Ana",
            GreetsPerson = true,
            CustomerName = "Nordwind Handels GmbH",
            Invoices = invoices.Length > 0 ? invoices : [Matching(kind)],
            PayBy = kind == NoticeTone.Final || kind.IsFormal() ? new DateOnly(2026, 3, 20) : null,
            FormalLetter = kind.IsFormal() ? FormalLetter : null,
            FollowUp =
                kind == NoticeTone.FollowUp
                    ? new FollowUp(FollowUpReason.PolicyStep)
                    {
                        Text = "Call Ana, ask what holds the payment up, and agree on a date.",
                    }
                    : null,
            History = kind == NoticeTone.FollowUp ? History : [],
        };

    internal static NoticeContent Several(NoticeTone kind) =>
        Letter(
            kind,
            Invoice("2026-0031", 240_000) with
            {
                DueDate = new(2026, 2, 20),
                Paid = new Money(50_000, "EUR"),
            },
            Invoice(),
            Invoice("2026-0047", 125_000, "DKK") with
            {
                DueDate = new(2026, 3, 14),
                OrderReference = null,
            }
        ) with
        {
            Disputed = [Invoice("2026-0029", 33_050) with { DueDate = new(2026, 2, 11) }],
        };

    internal static readonly IReadOnlyList<LetterHistory> History =
    [
        new(new(2026, 2, 28), LabelKey.ChannelEmail, "Invoice 2026-0042 is due on 5 March 2026"),
        new(new(2026, 3, 6), LabelKey.ChannelEmail, "Reminder: invoice 2026-0042"),
        new(new(2026, 3, 7), LabelKey.ChannelSms, "Hello Ana, this is Fjordlys ApS."),
    ];

    /// <summary>With all that a law can ask of a pre-collection notice.</summary>
    internal static readonly FormalLetterContent FormalLetter = new()
    {
        Title = "inkassovarsel",
        Ends = "the maintenance contract M-12",
        Agency = "Example Credit Agency",
        InterestContinues = true,
        Costs = new FurtherCosts(new Money(178_50, "EUR"), "Art. 6:96 (6) BW", IncludesVat: true),
        DaysFromReceipt = 14,
        OffersCopy = true,
        SaysNotAssigned = true,
    };

    internal static CopyNote Note(string reader) =>
        new(CopyReader.Management, reader, Language.For("en"), Today) { ManagerIsCopied = true, History = History };

    /// <summary>Those whose words are in the language files.</summary>
    public static TheoryData<NoticeTone> Kinds => [.. Enum.GetValues<NoticeTone>().Where(tone => tone.HasPhrases())];

    public static TheoryData<NoticeTone> KindsAboutInvoices =>
        [.. Enum.GetValues<NoticeTone>().Where(tone => tone.HasPhrases() && tone is not NoticeTone.Statement)];

    public static TheoryData<NoticeTone> TonesThatDemandPayment =>
        [.. Enum.GetValues<NoticeTone>().Where(tone => tone.IsReminder())];

    private static LetterInvoice Matching(NoticeTone kind) =>
        kind == NoticeTone.ThankYou
            ? Invoice() with
            {
                OpenAmount = Money.Zero("EUR"),
                Paid = new Money(119_000, "EUR"),
            }
            : Invoice();
}
