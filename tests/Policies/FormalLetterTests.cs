using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

/// <summary>
/// The formal letters: the day that they name, and when they may not be sent. An invoice over EUR 119.00,
/// due on 2 February 2026; the policies give 10 days.
/// </summary>
public sealed class FormalLetterTests
{
    private static readonly DunningRules _rules = Rules.WithPolicies(
        """
        [{"name":"default","version":1,"steps":[
          {"id":"call","days":21,"tone":"followUp","channels":[],"followUp":"Call."},
          {"id":"termination","days":30,"tone":"termination","channels":["email"],"payByDays":10,"needsApproval":true,
           "ends":"The maintenance contract"},
          {"id":"report","days":35,"tone":"creditReport","channels":["email"],"payByDays":10,"needsApproval":true,
           "agency":"Agency"},
          {"id":"notice","days":40,"tone":"preCollectionNotice","channels":["email"],"payByDays":10,
           "needsApproval":true}]}]
        """
    );

    [Theory]
    // Ten days from sending (domain.md, D17), a Thursday.
    [InlineData("DK", null, "2026-03-02", "2026-03-12")]
    // Fourteen days, which is more than the policy's ten.
    [InlineData("NO", null, "2026-03-02", "2026-03-16")]
    // Posted on a Wednesday, delivered on Friday: 14 days from Saturday 7 to Friday 20 March (D20).
    [InlineData("NL", CustomerKind.Consumer, "2026-03-04", "2026-03-20")]
    // Eight days are the least in Sweden: the policy gives ten.
    [InlineData("SE", null, "2026-03-02", "2026-03-12")]
    // Fifteen days end on Saturday 21 March: nobody can pay before Monday.
    [InlineData("FR", null, "2026-03-06", "2026-03-23")]
    // Nothing is laid down: the policy's ten days.
    [InlineData("DE", null, "2026-03-02", "2026-03-12")]
    // Not for businesses: no law asks for a letter, and none stands against it.
    [InlineData("GB", CustomerKind.Business, "2026-03-02", "2026-03-12")]
    public void A_letter_before_collection_names_a_day_that_law_and_policy_allow(
        string country,
        CustomerKind? kind,
        string sentOn,
        string deadline
    )
    {
        var letter = Letter("notice", country, kind, sentOn);

        Assert.Equal((null, TestData.Day(deadline)), (letter.WhyNot, letter.Deadline));
    }

    [Fact]
    public void The_British_letter_to_a_person_goes_out_with_its_enclosures_only()
    {
        Assert.Equal(LetterRefusal.KindUnknown, Letter("notice", "GB", null, "2026-03-02").WhyNot);
        Assert.Equal(
            LetterRefusal.EnclosuresMissing,
            Letter("notice", "GB", CustomerKind.Consumer, "2026-03-02", With("information-sheet", "reply-form")).WhyNot
        );

        var whole = Letter(
            "notice",
            "GB",
            CustomerKind.Consumer,
            "2026-03-02",
            With("information-sheet", "reply-form", "financial-statement")
        );
        Assert.Equal(
            LetterRefusal.EnclosuresTooLarge,
            Letter(
                "notice",
                "GB",
                CustomerKind.Consumer,
                "2026-03-02",
                invoice => Enlarged(With("information-sheet", "reply-form", "financial-statement")(invoice))
            ).WhyNot
        );
        // Thirty days from 2 March.
        Assert.Equal((null, TestData.Day("2026-04-01")), (whole.WhyNot, whole.Deadline));
        Assert.Equal(
            [DocumentType.InformationSheet, DocumentType.ReplyForm, DocumentType.FinancialStatement],
            whole.Enclosures
        );
    }

    [Theory]
    // Two reminders, the first four weeks ago (§ 31 BDSG).
    [InlineData("DE", CustomerKind.Consumer, "2026-02-05 2026-02-12", null)]
    [InlineData("DE", CustomerKind.Consumer, "2026-02-05", LetterRefusal.TooEarly)]
    [InlineData("DE", CustomerKind.Consumer, "2026-02-06 2026-02-12", LetterRefusal.TooEarly)]
    [InlineData("DE", CustomerKind.Business, "2026-02-05 2026-02-12", LetterRefusal.LawUnknown)]
    [InlineData("DE", null, "2026-02-05 2026-02-12", LetterRefusal.KindUnknown)]
    // Only a court's or an authority's decision is recorded.
    [InlineData("SE", CustomerKind.Consumer, "2026-02-05 2026-02-12", LetterRefusal.LawUnknown)]
    // The limit is in PLN, and amounts are never converted.
    [InlineData("PL", CustomerKind.Business, "2026-02-05 2026-02-12", LetterRefusal.AmountTooLow)]
    // Over EUR 50.
    [InlineData("ES", CustomerKind.Consumer, "2026-02-05", null)]
    // Three months in arrears.
    [InlineData("GB", CustomerKind.Consumer, "2026-02-05 2026-02-12", LetterRefusal.TooEarly)]
    public void A_credit_report_is_announced_only_where_and_when_the_law_allows_it(
        string country,
        CustomerKind? kind,
        string remindedOn,
        LetterRefusal? whyNot
    ) =>
        Assert.Equal(
            whyNot,
            Letter("report", country, kind, "2026-03-05", invoice => Reminded(invoice, remindedOn)).WhyNot
        );

    [Fact]
    public void A_claim_in_dispute_is_not_reported_not_even_for_the_rest()
    {
        var letter = Letter(
            "report",
            "DE",
            CustomerKind.Consumer,
            "2026-03-05",
            invoice =>
                Reminded(invoice, "2026-02-05 2026-02-12")
                    .WithDunning(dunning =>
                        dunning with
                        {
                            Dispute = new(DisputeReason.Reported, TestData.Time("2026-03-01T09:00Z"))
                            {
                                Amount = TestData.Eur(10_00),
                            },
                        }
                    )
        );

        Assert.Equal(LetterRefusal.Disputed, letter.WhyNot);
    }

    [Fact]
    public void The_notice_of_a_report_lasts_as_long_as_the_law_wants() =>
        // Finland: 14 days from Thursday 5 March.
        Assert.Equal(
            TestData.Day("2026-03-19"),
            Letter(
                "report",
                "FI",
                CustomerKind.Business,
                "2026-03-05",
                invoice => Reminded(invoice, "2026-02-05")
            ).Deadline
        );

    [Theory]
    // The 14 days from the day after receipt end on Friday 20 March: the next step is on Saturday at the earliest.
    [InlineData("notice", "NL", "2026-03-21")]
    [InlineData("termination", "NL", "2026-03-17")]
    public void The_next_step_waits_for_the_day_that_the_letter_names(string step, string country, string earliest)
    {
        var (context, invoice) = (Context(country, CustomerKind.Consumer, "2026-03-04"), TestData.Invoice());

        Assert.Equal(
            TestData.Day(earliest),
            Schedule.EarliestAfter(context, invoice, context.PolicyOf(invoice).Find(new StepId(step)))
        );
    }

    [Fact]
    public void A_bounce_does_not_hide_a_report_that_a_person_has_made()
    {
        var by = new NoticeId("20260305090000-letter");
        var reported = TestData
            .Invoice()
            .WithDunning(dunning =>
                dunning with
                {
                    CreditReport = new(by, "Agency", TestData.Day("2026-03-16"))
                    {
                        ReportedOn = TestData.Day("2026-03-18"),
                    },
                }
            );

        Assert.True(reported.NotDelivered(by).Dunning.CreditReport!.Stands);
    }

    [Fact]
    public void What_was_sent_is_kept_with_the_claim()
    {
        var by = new NoticeId("20260305090000-letter");
        var (context, invoice) = (Context("DE", CustomerKind.Consumer, "2026-03-05"), TestData.Invoice());

        var reported = LetterIn(context, "report", invoice, by);
        Assert.Equal(new CreditReport(by, "Agency", TestData.Day("2026-03-16")), reported.Dunning.CreditReport);
        Assert.Null(reported.NotDelivered(by).Dunning.CreditReport);
        var noticed = LetterIn(context, "notice", invoice, by);
        Assert.Equal(
            new PreCollectionNoticeSent(by, TestData.Day("2026-03-05"), TestData.Day("2026-03-16")),
            noticed.Dunning.PreCollectionNotice
        );
        Assert.Null(noticed.NotDelivered(by).Dunning.PreCollectionNotice);
    }

    private static Invoice LetterIn(DunningContext context, string step, Invoice invoice, NoticeId by)
    {
        var letter = FormalLetter.Of(context, invoice, context.PolicyOf(invoice).Find(new StepId(step)))!;
        return invoice.WithDunning(dunning =>
            dunning with
            {
                PreCollectionNotice = letter.ToNotice(by),
                CreditReport = letter.ToReport(by),
            }
        );
    }

    private static FormalLetter Letter(
        string step,
        string country,
        CustomerKind? kind,
        string on,
        Func<Invoice, Invoice>? change = null
    )
    {
        var context = Context(country, kind, on);
        var invoice = change?.Invoke(TestData.Invoice()) ?? TestData.Invoice();
        return FormalLetter.Of(context, invoice, context.PolicyOf(invoice).Find(new StepId(step)))!;
    }

    private static DunningContext Context(string country, CustomerKind? kind, string on) =>
        new(
            TestData.Customer() with
            {
                Country = country,
                Kind = kind,
            },
            _rules with
            {
                CreditorCountry = country,
            },
            TestData.Time($"{on}T09:00Z")
        );

    private static Invoice Reminded(Invoice invoice, string on) =>
        invoice.WithDunning(dunning => dunning with { RemindedOn = [.. on.Split(' ').Select(TestData.Day)] });

    /// <summary>Three files that an email can carry one by one, but not together.</summary>
    private static Invoice Enlarged(Invoice invoice) =>
        invoice with
        {
            SupportingDocuments =
            [
                .. invoice.SupportingDocuments.Select(document =>
                    document with
                    {
                        Size = SupportingDocument.MaxBytes / 2,
                    }
                ),
            ],
        };

    private static Func<Invoice, Invoice> With(params string[] types) =>
        invoice =>
            invoice with
            {
                SupportingDocuments =
                [
                    .. types.Select(type => new SupportingDocument(
                        Enum.Parse<DocumentType>(type.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
                        $"{type}.pdf"
                    )
                    {
                        BlobName = type,
                    }),
                ],
            };
}
