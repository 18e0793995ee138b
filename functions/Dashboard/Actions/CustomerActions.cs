using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Customers;
using Dunning.Dashboard.Layout;
using Dunning.Http;
using Dunning.Invoices;
using Dunning.PortalLinks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Statements;
using Microsoft.AspNetCore.Http;
using static Dunning.Dashboard.Actions.FieldKind;

namespace Dunning.Dashboard.Actions;

/// <summary>What can be done with a customer.</summary>
public sealed class CustomerActions(
    ReceivablesTable receivables,
    CustomerChanges changes,
    SendStatement statements,
    MergeCustomers merges,
    DeletePortalLinks portalLinks
)
{
    private const string Channels = "channels";

    private static readonly string[] _addressFields = ["line1", "line2", "postalCode", "city"];

    private static readonly ActionField[] _fields =
    [
        new("email", Line),
        new("phone", Line),
        .. _addressFields.Select(name => new ActionField(name, Line)),
        new(Channels, Line),
        new("locale", Line),
        new("timeZone", Line),
        new("country", Line),
        new("policy", Line),
        new("group", Line),
        new("personalLine", Line),
    ];

    internal IReadOnlyList<PageAction> All =>
        [
            new("note", new ActionField("text", Prose, true), new ActionField("followUpOn", Date))
            {
                FindSubject = FindAsync,
                Run = AddNoteAsync,
            },
            new("editCustomer", _fields) { FindSubject = FindAsync, Run = EditAsync },
            new("sendStatement", new ActionField("from", Date) { Label = "firstDay" }, new ActionField("to", Date))
            {
                FindSubject = FindAsync,
                Run = SendStatementAsync,
            },
            new("merge", new ActionField("into", Line, true), new ActionField("reason", Prose, true))
            {
                FindSubject = FindWithChoicesAsync,
                Run = (input, cancellationToken) =>
                    merges.Run(ApiCall.Create("POST", "", input.Body), input.Id, cancellationToken),
            },
            new("revokeLinks")
            {
                FindSubject = FindAsync,
                Run = (input, cancellationToken) =>
                    portalLinks.Run(ApiCall.Create("DELETE", "", input.Body), input.Id, cancellationToken),
            },
        ];

    private Task<IResult> AddNoteAsync(ActionInput input, CancellationToken cancellationToken)
    {
        input.Body["notes"] = new JsonArray(ApiCall.TakeOut(input.Body, "text", "followUpOn"));
        return ApplyAsync(input, cancellationToken);
    }

    /// <summary>The API does not take who asked for it.</summary>
    private Task<IResult> SendStatementAsync(ActionInput input, CancellationToken cancellationToken) =>
        statements.Run(
            ApiCall.Create("POST", "", ApiCall.TakeOut(input.Body, "from", "to")),
            input.Id,
            cancellationToken
        );

    /// <summary>A field that was emptied is removed.</summary>
    private async Task<IResult> EditAsync(ActionInput input, CancellationToken cancellationToken)
    {
        var channels = (string?)input.Body[Channels] ?? "";
        var address = ApiCall.TakeOut(input.Body, _addressFields);
        foreach (var field in _fields.Where(field => !input.Body.ContainsKey(field.Name)))
            input.Body[field.Name] = null;
        foreach (var name in _addressFields)
            input.Body.Remove(name);
        input.Body["address"] = await WithCountryAsync(input.Id, address, cancellationToken);
        input.Body[Channels] = new JsonArray([
            .. channels
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(channel => JsonValue.Create(channel)),
        ]);
        return await ApplyAsync(input, cancellationToken);
    }

    /// <summary>What the form does not have stays as it is.</summary>
    /// <returns>Null for an address that was emptied.</returns>
    private async Task<JsonObject?> WithCountryAsync(string id, JsonObject address, CancellationToken cancellationToken)
    {
        var stored = (await receivables.ReadAsync(new CustomerId(id), cancellationToken))?.Customer.Value.Address;
        // An address of which the form shows nothing was not emptied.
        if (address.Count == 0 && stored is not { Line1: null, Line2: null, PostalCode: null, City: null })
            return null;
        address["region"] = stored?.Region;
        address["country"] = stored?.Country;
        return address;
    }

    private async Task<IResult> ApplyAsync(ActionInput input, CancellationToken cancellationToken)
    {
        var (request, error) = JsonBody.Read(
            JsonSerializer.SerializeToUtf8Bytes(input.Body),
            CustomerRequest.InvalidTitle,
            CustomerRequest.Read
        );
        return request is null
            ? error!
            : await changes.ApplyAsync(new CustomerId(input.Id), request, version: null, cancellationToken)
                ?? ApiResult.Ok(new { });
    }

    /// <summary>With the customers to whom one of the invoices could belong.</summary>
    private async Task<ActionSubject?> FindWithChoicesAsync(string id, CancellationToken cancellationToken)
    {
        if (await receivables.ReadAsync(new CustomerId(id), cancellationToken) is not { } account)
            return null;
        var choices = account
            .Invoices.SelectMany(invoice => invoice.Value.Dunning.Hold?.CustomerChoices ?? [])
            .Where(choice => choice != account.Id)
            .Distinct();
        var customers = await Task.WhenAll(choices.Select(choice => receivables.ReadAsync(choice, cancellationToken)));
        return SubjectOf(account.Customer.Value) with
        {
            Suggestions = customers
                .OfType<CustomerAccount>()
                .Select(choice => choice.Customer.Value)
                .ToLookup(
                    _ => "into",
                    customer => new Suggestion(
                        customer.Id.Value,
                        string.Join(" ", new[] { customer.Id.Value, customer.Name, customer.TaxId, customer.Email })
                    )
                ),
        };
    }

    private async Task<ActionSubject?> FindAsync(string id, CancellationToken cancellationToken) =>
        await receivables.ReadAsync(new CustomerId(id), cancellationToken) is { Customer.Value: var customer }
            ? SubjectOf(customer)
            : null;

    private static ActionSubject SubjectOf(Customer customer) =>
        new(customer.Name, Pages.Of($"customers/{customer.Id}"))
        {
            Proposed = new Dictionary<string, string?>
            {
                ["email"] = customer.Email,
                ["phone"] = customer.Phone,
                ["line1"] = customer.Address?.Line1,
                ["line2"] = customer.Address?.Line2,
                ["postalCode"] = customer.Address?.PostalCode,
                ["city"] = customer.Address?.City,
                [Channels] =
                    customer.Channels.Count > 0 ? string.Join(", ", customer.Channels.Select(c => c.Name())) : null,
                ["locale"] = customer.Locale,
                ["timeZone"] = customer.TimeZone,
                ["country"] = customer.Country,
                ["policy"] = customer.Policy,
                ["group"] = customer.Group,
                ["personalLine"] = customer.PersonalLine,
            }
                .Where(value => value.Value is not null)
                .ToDictionary(value => value.Key, value => value.Value!),
        };
}
