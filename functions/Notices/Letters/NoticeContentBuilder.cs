using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Notices.Localization;
using Dunning.Notices.Wordings;
using Dunning.Policies;
using Dunning.Policies.Interest;
using Dunning.PortalLinks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Letters;

/// <summary>Builds the content of a message from the rows that the pre-send check has passed.</summary>
public sealed class NoticeContentBuilder(
    CreditorOptions creditor,
    DunningRules rules,
    PortalAddress portal,
    WordedLanguages languages,
    TimeProvider clock
)
{
    /// <summary>Of many invoices with a line of their own: more would be no letter.</summary>
    private const int MaxPersonalLines = 3;

    /// <summary>In the creditor's own words, where the policy has some.</summary>
    /// <inheritdoc cref="Build"/>
    internal async Task<NoticeContent> BuildAsync(
        SendRequest request,
        DateOnly? sentOn,
        CancellationToken cancellationToken
    )
    {
        var content = Build(request, sentOn);
        var policy = request.Check.Invoices is [var first, ..]
            ? first.Value.Dunning.Policy.Name
            : request.Customer.Policy ?? PolicyCatalog.Default;
        return content with { Language = await languages.ReadAsync(policy, content.Language, cancellationToken) };
    }

    /// <param name="sentOn">The date of a message that is quoted, in the customer's time zone; null for today.</param>
    internal NoticeContent Build(SendRequest request, DateOnly? sentOn = null)
    {
        var (notice, customer, check) = request;
        var today = sentOn ?? rules.Today(customer, request.SentAt ?? clock.GetUtcNow());
        var agreed = new AgreedTerms(customer, rules, notice, today);
        var letter = FormalLetterOf(request);
        return new NoticeContent
        {
            Tone = check.Tone,
            Language = Language.For(customer.Locale ?? creditor.Language),
            Today = today,
            From = SenderOf(request),
            Greet = customer.Greet,
            GreetsPerson = customer.GreetsPerson,
            CustomerName = customer.Name,
            CustomerCountry = customer.Country,
            Invoices =
            [
                .. from listed in Listed(notice, check)
                let invoice = Claimed(request, listed.Value)
                select agreed.Apply(Line(request, invoice), invoice),
            ],
            Disputed = [.. check.Disputed.Select(i => AgreedTerms.ApplyDispute(Line(request, i.Value), i.Value))],
            PersonalLines = PersonalLines(notice, customer, check),
            CopyTo = [.. StepsOf(request).SelectMany(named => named.Step.CopyTo).Distinct()],
            OffersPlan = StepsOf(request).Any(named => named.Step.OfferPlan),
            PayBy = letter?.Deadline ?? PayBy(request, today),
            FormalLetter = letter is null ? null : Formal(request, letter),
            Plan = notice.Tone is NoticeTone.PlanAgreed ? agreed.Plan(check) : null,
            FollowUp = notice.FollowUp,
            PortalLink = notice.Tone is NoticeTone.FollowUp ? null : Link(request, today),
            IsAboutPaidInvoice = notice.FollowUp?.Reason is FollowUpReason.RetainerUsedUp,
        };
    }

    /// <summary>
    /// A statement claims the invoices in dispute, too, and lists them apart; a reminder names the rest of an invoice
    /// that is in dispute in part.
    /// </summary>
    private static IEnumerable<Versioned<Invoice>> Listed(Notice notice, PreSendResult check) =>
        notice.Tone is NoticeTone.Statement ? check.Invoices.Except(check.Disputed) : check.Invoices;

    private string? Link(SendRequest request, DateOnly today) =>
        portal
            .LinkFor(
                request.Customer,
                request.Notice.Id.Value,
                today,
                request.Check.Invoices.Select(invoice => (DateOnly?)invoice.Value.AgreedDueDate).Max()
            )
            ?.Address;

    /// <summary>A sample reminder about an invented invoice, addressed to the creditor.</summary>
    internal NoticeContent BuildSample()
    {
        var today = rules.CreditorToday(clock.GetUtcNow());
        return new NoticeContent
        {
            Tone = NoticeTone.Friendly,
            Language = Language.For(creditor.Language),
            Today = today,
            From = Creditor,
            Greet = creditor.Person ?? creditor.Company,
            GreetsPerson = creditor.Person is not null,
            CustomerName = creditor.Company,
            Invoices =
            [
                new LetterInvoice
                {
                    Number = "TEST-1",
                    IssueDate = today.AddDays(-17),
                    DueDate = today.AddDays(-3),
                    OpenAmount = new Money(119_00, "EUR"),
                    Charged = Money.Zero("EUR"),
                    Paid = Money.Zero("EUR"),
                    Bank = creditor.Bank?.ToBankTransfer(),
                },
            ],
        };
    }

    private Sender Creditor =>
        new()
        {
            Company = creditor.Company,
            Person = creditor.Person,
            Email = creditor.Email,
            Phone = creditor.Phone,
            Address = creditor.Address?.ToPostalAddress(),
            TaxId = creditor.TaxId,
        };

    /// <summary>The firmest step of the message says who signs it.</summary>
    private Sender SenderOf(SendRequest request) =>
        StepsOf(request).Select(named => named.Step).MaxBy(step => step.Tone)?.Signer is { } signer
            ? Creditor with
            {
                Person = signer.Name,
                Phone = signer.Phone ?? creditor.Phone,
            }
            : Creditor;

    private static IReadOnlyList<string> PersonalLines(Notice notice, Customer customer, PreSendResult check)
    {
        if (!notice.CanBePersonal)
            return [];
        var ofInvoices =
            from invoice in Listed(notice, check).Take(NoticeContent.MaxListed)
            let line = invoice.Value.PersonalLine
            where line?.IsFor(notice.Id) is true
            select line.Text;
        return [.. ofInvoices.Prepend(customer.PersonalLine).OfType<string>().Distinct().Take(MaxPersonalLines)];
    }

    private DateOnly? PayBy(SendRequest request, DateOnly today) =>
        StepsOf(request).Max(named => named.Step.PayByDays) is { } days ? today.AddDays(days) : null;

    private IEnumerable<(Invoice Invoice, Step Step)> StepsOf(SendRequest request) =>
        from line in request.Notice.Lines
        let invoice = request.Check.Invoices.FirstOrDefault(i => i.Value.Id.Invoice == line.InvoiceId)?.Value
        where invoice is not null
        let step = rules.Policies.Of(invoice).Find(line.Step)
        where step is not null
        select (invoice, step);

    /// <summary>Null for any other message.</summary>
    private FormalLetter? FormalLetterOf(SendRequest request) =>
        StepsOf(request).FirstOrDefault() is { Invoice: { } invoice, Step: { } step }
            ? FormalLetter.Of(
                new DunningContext(request.Customer, rules, request.SentAt ?? clock.GetUtcNow()),
                invoice,
                step
            )
            : null;

    private FormalLetterContent Formal(SendRequest request, FormalLetter letter)
    {
        var invoice = request.Check.Invoices[0].Value;
        var charges = request.Charges.GetValueOrDefault(invoice.Id);
        bool Says(ContentItem item) => letter.Rule?.RequiredContent.Contains(item) is true;
        return new FormalLetterContent
        {
            Title = letter.Rule?.Name,
            Ends = letter.Step.Ends,
            Agency = letter.Step.Agency,
            Enclosures = letter.Enclosures,
            InterestContinues = charges?.Open.Any(charge => charge.Kind is ChargeKind.Interest) is true,
            Costs =
                Says(ContentItem.ExactFurtherCosts) && charges?.AfterDeadline is { Amount: { } amount } costs
                    ? new FurtherCosts(
                        amount,
                        costs.LegalBasis!,
                        rules.Policies.Of(invoice).LateCharges.VatNotDeductible
                    )
                    : null,
            DaysFromReceipt = Says(ContentItem.DeadlineFromReceipt) ? letter.Rule!.Days : null,
            OffersCopy = Says(ContentItem.RightToCopy),
            SaysNotAssigned = Says(ContentItem.Assignment),
        };
    }

    /// <summary>
    /// The account that the invoice names. The creditor's own account does not replace one that the invoice names and
    /// we cannot read: that may be in another currency or belong to another company.
    /// </summary>
    internal BankTransfer? BankOf(Invoice invoice, Customer customer) =>
        invoice.Document.Bank switch
        {
            { IsUnusable: true } => null,
            { NamesAccount: true } bank => bank,
            var bank => creditor.Bank is { } own && own.Takes(invoice.OpenAmount.Currency, customer.Country)
                ? Referenced(own.ToBankTransfer(), bank)
                : bank,
        };

    private static BankTransfer Referenced(BankTransfer own, BankTransfer? said) =>
        said is { Reference: { } reference }
            ? own with
            {
                Reference = reference,
                ReferenceScheme = said.ReferenceScheme,
            }
            : own;

    /// <summary>What the message charges is owed from its claim on.</summary>
    private static Invoice Claimed(SendRequest request, Invoice invoice) =>
        invoice.WithCharges(request.Charges.GetValueOrDefault(invoice.Id)?.Added ?? []);

    private LetterInvoice Line(SendRequest request, Invoice invoice) =>
        new()
        {
            Number = invoice.Document.Number,
            IssueDate = invoice.Document.IssueDate,
            DueDate = invoice.Document.DueDate,
            // A thank-you names what was owed; AmountDue is zero when the source itself reported the payment.
            OpenAmount =
                invoice.Closed is null ? invoice.OpenAmount
                : invoice.Document.AmountDue.IsPositive ? invoice.Document.AmountDue
                : invoice.Payments.OriginalAmount,
            Charges = request.Charges.GetValueOrDefault(invoice.Id),
            Charged = invoice.Charged,
            Paid = invoice.Payments.Paid,
            PaymentLinks = invoice.Document.WaysToPayOnline(request.Customer.PreferredPaymentMethod),
            DocumentUrl = invoice.Document.DocumentUrl,
            Bank = BankOf(invoice, request.Customer),
            OrderReference = invoice.Document.OrderReference,
        };
}
