using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Customers;

/// <summary>The next step of an invoice after a person changed its customer. Pure.</summary>
internal static class CustomerReplan
{
    /// <summary>Whether a change of the field can move a next step.</summary>
    public static bool Concerns(CustomerField field) =>
        field
            is CustomerField.Email
                or CustomerField.Phone
                or CustomerField.Contacts
                or CustomerField.Address
                or CustomerField.Channels
                or CustomerField.TimeZone
                or CustomerField.Country
                or CustomerField.CourtesyMails;

    /// <param name="context">With the customer as it was.</param>
    /// <returns>Null when the invoice stays as it is.</returns>
    public static Invoice? Decide(DunningContext context, Customer after, Invoice invoice)
    {
        var changed = context with { Customer = after };
        // A person has looked for another address.
        var answered = HasSameContact(context.Customer, after)
            ? invoice
            : invoice.WithoutFollowUps(FollowUpKind.NoContact);
        return DecideNext(context, changed, answered) ?? (answered == invoice ? null : answered);
    }

    private static Invoice? DecideNext(DunningContext context, DunningContext changed, Invoice invoice)
    {
        var after = changed.Customer;
        var recalculated = Schedule.Recalculate(changed, invoice);
        if (recalculated.Dunning.Next is null || invoice.Dunning.Next is not { } next)
            return
                recalculated.Dunning.Next == invoice.Dunning.Next
                && recalculated.Dunning.NoContactSince == invoice.Dunning.NoContactSince
                ? null
                : recalculated;
        if (context.Customer.NoCourtesyMails != after.NoCourtesyMails)
            return next.IsUpcoming || recalculated.Dunning.Next.IsUpcoming ? recalculated : null;
        if (context.Rules.ZoneOf(context.Customer).Equals(context.Rules.ZoneOf(after)))
            return null;
        // The step keeps its day: recalculating would take back why the scan has postponed it.
        var day = context.DayOf(next.At);
        var moved = invoice.WithNext(DunningSchedule.Next(changed, invoice, day > changed.Today ? day : changed.Today));
        return moved.Dunning.Next == next ? null : moved;
    }

    private static bool HasSameContact(Customer a, Customer b) =>
        new[] { CustomerField.Email, CustomerField.Phone, CustomerField.Contacts, CustomerField.Address }.All(field =>
            CustomerFields.TextOf(a, field) == CustomerFields.TextOf(b, field)
        );
}
