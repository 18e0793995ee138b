using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>
/// Id of a customer, <c>c…</c>: a hash of its natural key, so the same customer always gets the same id.
/// </summary>
[JsonConverter(typeof(IdConverter<CustomerId>))]
public readonly record struct CustomerId(string Value) : IId<CustomerId>
{
    /// <summary>
    /// False for anything but a whole customer id. A prefix of one would match the row keys of several customers.
    /// </summary>
    public bool IsValid => Ids.IsHash('c', Value);

    public static CustomerId Create(string value) => new(value);

    /// <summary>Of a customer whom the source knows by an id.</summary>
    public static CustomerId OfExternalId(string source, string externalId) =>
        new(Ids.Hash('c', $"id\n{source}\n{externalId}"));

    /// <summary>
    /// Of a customer without an id in the source, by all that tells one firm from another. Never the mailbox alone: two
    /// firms may share it, and naming one firm's debts to the other is a breach of confidence.
    /// </summary>
    /// <param name="contact">The mailbox, else the phone number.</param>
    /// <param name="taxIdOrCountry">The tax id, else the country.</param>
    public static CustomerId OfParty(string source, string name, string? contact, string? taxIdOrCountry) =>
        new(Ids.Hash('c', $"party\n{source}\n{Ids.Fold(name)}\n{contact?.ToLowerInvariant()}\n{taxIdOrCountry}"));

    public override string ToString() => Value;
}
