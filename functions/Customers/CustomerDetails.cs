using System.Text.Json.Serialization;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Customers;

/// <summary>The response of <c>GET /api/customers/{id}</c>.</summary>
internal sealed record CustomerDetails
{
    private const int MaxNext = 20;

    /// <summary>Of what can be changed; the <c>ETag</c> of the answer.</summary>
    [JsonIgnore]
    public string Version { get; private init; } = "";
    public required CustomerId Id { get; init; }
    public string? ExternalId { get; init; }
    public required IReadOnlyList<CustomerId> MergedFrom { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Locale { get; init; }
    public string? TimeZone { get; init; }
    public string? Country { get; init; }
    public string? TaxId { get; init; }
    public CustomerKind? Kind { get; init; }
    public PostalAddress? Address { get; init; }
    public PaymentMethod? PreferredPaymentMethod { get; init; }
    public required IReadOnlyList<ContactView> Contacts { get; init; }

    /// <summary>Empty for all.</summary>
    public required IReadOnlyList<Channel> Channels { get; init; }
    public string? Policy { get; init; }
    public string? Group { get; init; }
    public string? PersonalLine { get; init; }

    /// <summary>False when the customer wants no reminder before the due date and no thank-you.</summary>
    public required bool CourtesyMails { get; init; }
    public string? SuggestedEmail { get; init; }
    public required bool DoNotContact { get; init; }
    public required IReadOnlyList<CustomerField> SetByPerson { get; init; }
    public required IReadOnlyList<AddressState> Addresses { get; init; }
    public required IReadOnlyList<CustomerNote> Notes { get; init; }
    public required IReadOnlyList<CustomerChange> Changes { get; init; }
    public required IReadOnlyList<CustomerBalance> Balances { get; init; }
    public required BehaviourView Behaviour { get; init; }

    /// <summary>The next steps of the open invoices, earliest first.</summary>
    public required IReadOnlyList<NextStepView> Next { get; init; }

    /// <summary>Null for none.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    public static CustomerDetails Create(DunningContext context, CustomerAccount account, AccountHistory history)
    {
        var customer = context.Customer;
        var addresses = AddressState.Of(customer);
        return new CustomerDetails
        {
            Version = CustomerUpdate.VersionOf(customer),
            Id = customer.Id,
            ExternalId = customer.ExternalId,
            MergedFrom = customer.MergedFrom,
            Name = customer.Name,
            Email = customer.Email,
            Phone = customer.Phone,
            Locale = customer.Locale,
            TimeZone = customer.TimeZone,
            Country = customer.Country,
            TaxId = customer.TaxId,
            Kind = customer.Kind,
            Address = customer.Address,
            PreferredPaymentMethod = customer.PreferredPaymentMethod,
            Contacts = [.. customer.Contacts.Select(ContactView.Create)],
            Channels = customer.Channels,
            Policy = customer.Policy,
            Group = customer.Group,
            PersonalLine = customer.PersonalLine,
            CourtesyMails = !customer.NoCourtesyMails,
            SuggestedEmail = customer.SuggestedEmail,
            DoNotContact = customer.DoNotContact,
            SetByPerson = customer.SetByPerson,
            Addresses = addresses,
            Notes = customer.Notes,
            Changes = customer.Changes,
            Balances = CustomerBalance.Of(context, history),
            Behaviour = BehaviourView.Create(PayerBehaviour.Of(context, history)),
            Next =
            [
                .. account
                    .Invoices.Select(invoice => invoice.Value)
                    .Where(invoice => invoice.Dunning.Next is not null)
                    .OrderBy(invoice => invoice.Dunning.Next!.At)
                    .Take(MaxNext)
                    .Select(NextStepView.Create),
            ],
            Warnings = WarningsOf(addresses),
        };
    }

    private static IReadOnlyList<string>? WarningsOf(IReadOnlyList<AddressState> addresses) =>
        addresses.Where(address => address.State is not AddressStatus.Ok).ToList() is { Count: > 0 } unusable
            ? unusable.ConvertAll(address =>
                address.State switch
                {
                    AddressStatus.OptedOut => $"{address.Address} is not used: its owner wants no more text messages.",
                    AddressStatus.Returned => $"{address.Address} is not used: a letter came back. Send another one.",
                    _ => $"{address.Address} is not used: a provider rejected it for good. Send another one.",
                }
            )
            : null;
}

internal sealed record ContactView(string Name, string? Email, string? Phone, string? Role, bool Cc, string? Locale)
{
    public static ContactView Create(Contact contact) =>
        new(contact.Name, contact.Email, contact.Phone, contact.Role, contact.Cc, contact.Locale);
}

internal sealed record NextStepView(string Invoice, string Number, StepId Step, DateTimeOffset At)
{
    public static NextStepView Create(Invoice invoice) =>
        new(invoice.Id.ToString(), invoice.Document.Number, invoice.Dunning.Next!.Step, invoice.Dunning.Next.At);
}
