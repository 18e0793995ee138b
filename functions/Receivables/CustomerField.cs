using Dunning.Receivables.Storage;

namespace Dunning.Receivables;

/// <summary>What may change of a customer.</summary>
public enum CustomerField
{
    Email,
    Phone,
    Locale,
    TimeZone,
    Country,
    TaxId,
    Kind,
    Address,
    Contacts,
    PreferredPaymentMethod,
    Name,
    Channels,
    Policy,
    Group,
    PersonalLine,
    Notes,
    CourtesyMails,
    PortalLinks,
}

internal static class CustomerFields
{
    /// <summary>What a source may empty; it always sends a name, and never the fields after it.</summary>
    public static readonly IReadOnlyList<CustomerField> Removable =
    [
        .. Enum.GetValues<CustomerField>().Where(field => field < CustomerField.Name),
    ];

    /// <summary>What a source sends, and a person may correct.</summary>
    public static readonly IReadOnlyList<CustomerField> OfSource = [.. Removable, CustomerField.Name];

    /// <summary>The value as a text that is equal for equal values; null for none.</summary>
    public static string? TextOf(Customer customer, CustomerField field) =>
        field switch
        {
            CustomerField.Email => customer.Email,
            CustomerField.Phone => customer.Phone,
            CustomerField.Locale => customer.Locale,
            CustomerField.TimeZone => customer.TimeZone,
            CustomerField.Country => customer.Country,
            CustomerField.TaxId => customer.TaxId,
            CustomerField.Kind => customer.Kind?.ToString(),
            CustomerField.Address => customer.Address is { } address ? Rows.Serialise(address) : null,
            CustomerField.Contacts => Text(customer.Contacts),
            CustomerField.PreferredPaymentMethod => customer.PreferredPaymentMethod?.ToString(),
            CustomerField.Name => customer.Name.Length > 0 ? customer.Name : null,
            CustomerField.Channels => Text(customer.Channels),
            CustomerField.Policy => customer.Policy,
            CustomerField.Group => customer.Group,
            CustomerField.PersonalLine => customer.PersonalLine,
            CustomerField.Notes => Text(customer.Notes),
            CustomerField.CourtesyMails => customer.NoCourtesyMails ? "no" : null,
            _ => customer.PortalLinkEpoch > 0 ? $"{customer.PortalLinkEpoch}" : null,
        };

    private static string? Text<T>(IReadOnlyList<T> list) => list.Count > 0 ? Rows.Serialise(list) : null;
}
