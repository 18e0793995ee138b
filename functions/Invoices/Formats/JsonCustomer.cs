using System.Text.Json;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;
using static Dunning.Http.Validation.EmailRule;
using static Dunning.Http.Validation.PhoneRules;
using static Dunning.Http.Validation.PlaceRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

/// <summary>The parts of a customer that a source and a person send alike.</summary>
internal static class JsonCustomer
{
    public const int MaxContacts = 10;

    public static readonly FieldRule<PaymentMethod> PaymentMethods = OneOf<PaymentMethod>();
    public static readonly FieldRule<CustomerKind> Kinds = OneOf<CustomerKind>();

    /// <summary>Null when it has neither name, email nor phone: form tools send such rows.</summary>
    public static Contact? Contact(JsonFields json)
    {
        var contact = new Contact(
            Name: json.Optional("name", Line(200)) ?? "",
            Email: json.OptionalOrWarn("email", ContactEmail),
            Phone: json.OptionalOrWarn("phone", E164),
            Role: json.Optional("role", Line(40)),
            Cc: json.Optional("cc", Flag) ?? false
        )
        {
            Locale = json.OptionalOrWarn("locale", LanguageTag),
        };
        var name = contact.Name.Length > 0 ? contact.Name : contact.Email ?? contact.Phone;
        return name is null ? null : contact with { Name = name };
    }

    public static PostalAddress Address(JsonFields json) =>
        new()
        {
            Line1 = json.OptionalOrWarn("line1", Line(200)),
            Line2 = json.OptionalOrWarn("line2", Line(200)),
            PostalCode = json.OptionalOrWarn("postalCode", Line(20)),
            City = json.OptionalOrWarn("city", Line(100)),
            Region = json.OptionalOrWarn("region", Line(100)),
            Country = json.OptionalOrWarn("country", Country),
        };

    /// <summary>The fields that are sent as null or as an empty list.</summary>
    public static IReadOnlyList<CustomerField> Removed(JsonFields json) =>
        [.. CustomerFields.Removable.Where(field => json.IsRemoved(NameOf(field)))];

    public static string NameOf(CustomerField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());
}
