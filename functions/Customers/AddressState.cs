using Dunning.Receivables;

namespace Dunning.Customers;

internal enum AddressStatus
{
    Ok,

    /// <summary>A provider rejected it permanently.</summary>
    Bounced,

    /// <summary>The owner of the number wants no more SMS.</summary>
    OptedOut,

    /// <summary>A letter to it came back.</summary>
    Returned,
}

/// <summary>Whether an address of a customer can be used.</summary>
/// <param name="Since">UTC; null where it is not known.</param>
internal sealed record AddressState(string Address, Channel Channel, AddressStatus State, DateTimeOffset? Since)
{
    public static IReadOnlyList<AddressState> Of(Customer customer) =>
        [
            .. customer
                .Contacts.Select(contact => contact.Email)
                .Prepend(customer.Email)
                .OfType<string>()
                .Distinct(MailboxComparer.Instance)
                .Select(email => Create(customer, email!, Channel.Email)),
            .. customer
                .Contacts.Select(contact => contact.Phone)
                .Prepend(customer.Phone)
                .OfType<string>()
                .Distinct()
                .Select(phone => Create(customer, phone, Channel.Sms)),
            .. customer.Address is { } postal && postal.OneLine == customer.ReturnedAddress
                ? [new AddressState(postal.OneLine, Channel.Letter, AddressStatus.Returned, Since: null)]
                : Array.Empty<AddressState>(),
        ];

    private static AddressState Create(Customer customer, string address, Channel channel) =>
        customer.OptOuts.FirstOrDefault(optOut => optOut.Is(address)) is { } optOut
            ? new(address, channel, AddressStatus.OptedOut, optOut.At)
            : new(address, channel, customer.IsAlive(address) ? AddressStatus.Ok : AddressStatus.Bounced, Since: null);
}
