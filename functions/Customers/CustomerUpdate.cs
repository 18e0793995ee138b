using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;

namespace Dunning.Customers;

/// <summary>What a person's change does to a customer and to the next steps of its invoices. Pure.</summary>
internal sealed record CustomerUpdate : IDecision
{
    /// <summary>
    /// Keeps the transaction within <see cref="CustomerTransaction.MaxRows"/>: at most nine rows per invoice (the
    /// invoice, two of the agenda, four of follow-ups, an event and the last link of its events), and three for the
    /// customer.
    /// </summary>
    public const int MaxInvoices = 10;

    public ApiResult? Error { get; private init; }

    /// <summary>Null when nothing changes.</summary>
    public CustomerTransaction? Transaction { get; private init; }

    public Customer? Before { get; private init; }
    public Customer? After { get; private init; }

    /// <summary>Ids of the open invoices that the transaction does not contain.</summary>
    public IReadOnlyList<InvoiceId> Others { get; private init; } = [];

    /// <summary>
    /// The next steps of the invoices may change, and a message that is being sent may be addressed wrongly.
    /// </summary>
    public bool ChangesContact { get; private init; }

    /// <param name="version">The version that the person saw; null to change whatever is stored.</param>
    public static CustomerUpdate Decide(
        DunningContext context,
        CustomerAccount account,
        CustomerRequest request,
        string? version
    )
    {
        var before = context.Customer;
        if (WhyNot(context, before, request, version) is { } error)
            return new CustomerUpdate { Error = error };
        var (changed, notes) = (Apply(before, request), NoteChange.Apply(context, before.Notes, request));
        if (notes.Error is not null)
            return Invalid(notes.Error);
        changed = changed with { Notes = notes.Notes };
        var fields = Enum.GetValues<CustomerField>().Where(field => Differs(before, changed, field)).ToList();
        var after = Pin(before, changed, fields, request);
        if (fields.Count == 0 && after.SetByPerson.Count == before.SetByPerson.Count)
            return new CustomerUpdate { Before = before, After = before };
        return Record(context, account, after.WithChange(context.Now, request.By, fields), fields, request.By);
    }

    /// <summary>The version of what a person can change; a reminder that is sent does not change it.</summary>
    public static string VersionOf(Customer customer)
    {
        var values = Enum.GetValues<CustomerField>().Select(field => CustomerFields.TextOf(customer, field));
        return $"\"{Ids.Hash('v', string.Join('\n', values))}\"";
    }

    private static CustomerUpdate Record(
        DunningContext context,
        CustomerAccount account,
        Customer after,
        IReadOnlyList<CustomerField> fields,
        string by
    )
    {
        var transaction = new CustomerTransaction(account.Id).Save(account.Customer, after);
        var invoices = account.Invoices.OldestFirst().ToList();
        var changesContact = fields.Any(CustomerReplan.Concerns);
        foreach (var invoice in invoices.Take(MaxInvoices))
        {
            if (changesContact && CustomerReplan.Decide(context, after, invoice.Value) is { } replanned)
                transaction.Save(invoice, replanned);
            transaction.AddEvent(
                invoice.Value.Id,
                new(context.Now, EventKind.CustomerChanged) { Fields = fields, By = by }
            );
        }
        return new CustomerUpdate
        {
            Transaction = transaction,
            Before = context.Customer,
            After = after,
            Others = [.. invoices.Skip(MaxInvoices).Select(invoice => invoice.Value.Id)],
            ChangesContact = changesContact,
        };
    }

    private static Customer Apply(Customer before, CustomerRequest request)
    {
        var sent = request.Values;
        T? Value<T>(T? value, T? stored, CustomerField field) =>
            request.Sent.Contains(field) ? value
            : request.Removed.Contains(field) ? default
            : stored;
        return before with
        {
            Name = Value(sent.Name, before.Name, CustomerField.Name)!,
            Email = Value(sent.Email, before.Email, CustomerField.Email),
            Phone = Value(sent.Phone, before.Phone, CustomerField.Phone),
            Locale = Value(sent.Locale, before.Locale, CustomerField.Locale),
            TimeZone = Value(sent.TimeZone, before.TimeZone, CustomerField.TimeZone),
            Country = Value(sent.Country, before.Country, CustomerField.Country),
            TaxId = Value(sent.TaxId, before.TaxId, CustomerField.TaxId),
            Kind = Value(sent.Kind, before.Kind, CustomerField.Kind),
            Address = Value(sent.Address, before.Address, CustomerField.Address),
            PreferredPaymentMethod = Value(
                sent.PreferredPaymentMethod,
                before.PreferredPaymentMethod,
                CustomerField.PreferredPaymentMethod
            ),
            Contacts = Value(sent.Contacts, before.Contacts, CustomerField.Contacts) ?? [],
            Channels = Value(sent.Channels, before.Channels, CustomerField.Channels) ?? [],
            Policy = Value(sent.Policy, before.Policy, CustomerField.Policy),
            Group = Value(sent.Group, before.Group, CustomerField.Group),
            PersonalLine = Value(sent.PersonalLine, before.PersonalLine, CustomerField.PersonalLine),
            NoCourtesyMails = request.Sent.Contains(CustomerField.CourtesyMails)
                ? sent.NoCourtesyMails
                : before.NoCourtesyMails,
        };
    }

    /// <summary>What the person changed no longer follows the source; what was only sent back does.</summary>
    private static Customer Pin(
        Customer before,
        Customer after,
        IReadOnlyList<CustomerField> changed,
        CustomerRequest request
    ) =>
        after with
        {
            SetByPerson =
            [
                .. before
                    .SetByPerson.Union(changed.Where(CustomerFields.OfSource.Contains))
                    .Except(request.FollowSource)
                    .Order(),
            ],
            SourceEmail =
                before.Email != after.Email && !before.IsSetByPerson(CustomerField.Email)
                    ? before.Email
                    : before.SourceEmail,
        };

    private static ApiResult? WhyNot(
        DunningContext context,
        Customer customer,
        CustomerRequest request,
        string? version
    ) =>
        customer.ErasedAt is not null ? ApiResult.NotFound("customer with this id")
        : customer.Merge is not null
            ? ApiResult.RetryLater(
                "The customer is being merged with another one",
                "Retry in a minute.",
                TimeSpan.FromMinutes(1)
            )
        : version is not null && version != VersionOf(customer)
            ? ApiResult.Problem(
                StatusCodes.Status412PreconditionFailed,
                "changed-meanwhile",
                "The customer has changed meanwhile",
                "Somebody else changed the customer after you read it: read it again, and repeat your change."
            )
        : request.Values.Policy is { } policy && !context.Rules.Policies.Has(policy)
            ? Invalid(
                new("#/policy", "unknown_policy", $"There is no policy '{policy}'; name one of GET /api/policies.")
            ).Error
        : null;

    private static CustomerUpdate Invalid(FieldProblem problem) =>
        new() { Error = ApiResult.Invalid(CustomerRequest.InvalidTitle, [problem]) };

    private static bool Differs(Customer a, Customer b, CustomerField field) =>
        CustomerFields.TextOf(a, field) != CustomerFields.TextOf(b, field);
}
