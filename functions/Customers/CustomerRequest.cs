using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Invoices.Formats;
using Dunning.Receivables;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.EmailRule;
using static Dunning.Http.Validation.PhoneRules;
using static Dunning.Http.Validation.PlaceRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Customers;

/// <summary>
/// What a person changes of a customer: a field that is absent stays, null or an empty list removes it.
/// <code>
/// { "by": "Maya", "email": "accounts@amberley.example", "channels": ["email"], "policy": "gentle",
///   "notes": [ { "text": "on holiday until Monday", "followUpOn": "2026-03-09" } ] }
/// </code>
/// </summary>
/// <param name="Values">The sent values, as a customer of which only these fields count.</param>
/// <param name="Sent">The fields with a value.</param>
/// <param name="Removed">The fields to remove.</param>
internal sealed record CustomerRequest(
    string By,
    Customer Values,
    IReadOnlySet<CustomerField> Sent,
    IReadOnlySet<CustomerField> Removed
)
{
    public const string InvalidTitle = "The customer is not valid";

    /// <summary>What <c>GET</c> answers besides, so that its answer can be sent back.</summary>
    private static readonly string[] _readOnly =
    [
        "id",
        "externalId",
        "mergedFrom",
        "suggestedEmail",
        "doNotContact",
        "setByPerson",
        "addresses",
        "changes",
        "balances",
        "behaviour",
        "next",
        "warnings",
    ];

    private static readonly Dictionary<string, Channel> _channels = Customer.AllChannels.ToDictionary(channel =>
        channel.Name()
    );

    /// <summary>New notes, and those that are changed.</summary>
    public IReadOnlyList<NoteRequest> Notes { get; private init; } = [];

    /// <summary>The fields that the source's next document may change again.</summary>
    public IReadOnlyList<CustomerField> FollowSource { get; private init; } = [];

    public static CustomerRequest Read(JsonFields json)
    {
        foreach (var name in _readOnly)
            json.Has(name);
        if (json.IsRemoved("name"))
            json.Refuse("name", new FieldError("required", "a customer has a name: send one, or leave the field out"));
        var removed = CustomerFields
            .Removable.Concat([
                CustomerField.Channels,
                CustomerField.Policy,
                CustomerField.Group,
                CustomerField.PersonalLine,
            ])
            .Where(field => json.IsRemoved(JsonCustomer.NameOf(field)))
            .ToHashSet();
        var values = ReadValues(json);
        return new CustomerRequest(json.Required("by", Line(100)), values, FindSent(json), removed)
        {
            Notes = json.List("notes", CustomerNote.MaxCount, NoteRequest.Read),
            FollowSource = Fields(json),
        };
    }

    /// <summary>The customer wants no message that asks for nothing yet.</summary>
    public static CustomerRequest WithoutCourtesyMails(string by) =>
        new(
            by,
            new Customer
            {
                Id = default,
                Name = "",
                NoCourtesyMails = true,
            },
            new HashSet<CustomerField> { CustomerField.CourtesyMails },
            new HashSet<CustomerField>()
        );

    private static Customer ReadValues(JsonFields json) =>
        new()
        {
            Id = default,
            Name = json.Optional("name", Line(200)) ?? "",
            Email = json.Optional("email", ContactEmail),
            Phone = json.Optional("phone", E164),
            Locale = json.Optional("locale", LanguageTag),
            TimeZone = json.Optional("timeZone", IanaZone),
            Country = json.Optional("country", Country),
            TaxId = json.Optional("taxId", Line(40)),
            Kind = json.Optional("kind", JsonCustomer.Kinds),
            Address = json.Optional("address", JsonCustomer.Address),
            PreferredPaymentMethod = json.Optional("preferredPaymentMethod", JsonCustomer.PaymentMethods),
            Contacts = json.List("contacts", JsonCustomer.MaxContacts, JsonCustomer.Contact),
            Channels = Channels(json),
            Policy = json.Optional("policy", Line(64)),
            Group = json.Optional("group", Line(100)),
            PersonalLine = json.Optional("personalLine", PersonalText),
            NoCourtesyMails = json.Optional("courtesyMails", Flag) is false,
        };

    private static HashSet<CustomerField> FindSent(JsonFields json) =>
        [
            .. Enum.GetValues<CustomerField>()
                .Where(field => field is not (CustomerField.Notes or CustomerField.PortalLinks))
                .Where(field => json.Has(JsonCustomer.NameOf(field)) && !json.IsRemoved(JsonCustomer.NameOf(field))),
        ];

    /// <summary>The preferred one first.</summary>
    private static IReadOnlyList<Channel> Channels(JsonFields json)
    {
        var names = json.List("channels", _channels.Count, Line(10)).Distinct().ToList();
        if (names.Exists(name => !_channels.ContainsKey(name)))
            json.Refuse(
                "channels",
                new FieldError(
                    "unknown_value",
                    $"list some of {string.Join(", ", _channels.Keys)}, the preferred one first"
                )
            );
        return [.. names.Where(_channels.ContainsKey).Select(name => _channels[name])];
    }

    private static IReadOnlyList<CustomerField> Fields(JsonFields json)
    {
        List<CustomerField> fields = [];
        foreach (var name in json.List("followSource", CustomerFields.OfSource.Count, Line(20)))
        {
            if (CustomerFields.OfSource.Any(field => JsonCustomer.NameOf(field) == name))
                fields.Add(CustomerFields.OfSource.First(field => JsonCustomer.NameOf(field) == name));
            else
                json.Refuse(
                    "followSource",
                    new FieldError(
                        "unknown_value",
                        $"use {string.Join(", ", CustomerFields.OfSource.Select(JsonCustomer.NameOf))}"
                    )
                );
        }
        return fields;
    }
}

/// <summary>A new note, or with <paramref name="Id"/> a change of one.</summary>
/// <param name="Text">Null for a change that leaves the text.</param>
internal sealed record NoteRequest(string? Id, string? Text, DateOnly? FollowUpOn, bool IsDone)
{
    public string? Result { get; private init; }

    public bool RemovesFollowUp { get; private init; }

    public static NoteRequest Read(JsonFields json)
    {
        // What GET answers besides.
        json.Has("at");
        json.Has("by");
        var id = json.Optional("id", Line(40));
        var text = json.Optional("text", Prose(CustomerNote.MaxLength));
        if (id is null && text is null)
            json.Refuse("text", new FieldError("required", "send the text of the note, or the id of one to change"));
        // GET answers an object that says who did it; a person sends true.
        var wasDone = json.IsObject("done");
        return new NoteRequest(
            id,
            text,
            json.Optional("followUpOn", CalendarDate),
            !wasDone && json.Optional("done", Flag) is true
        )
        {
            Result = json.Optional("result", Prose(CustomerNote.MaxLength)),
            RemovesFollowUp = json.IsRemoved("followUpOn"),
        };
    }
}
