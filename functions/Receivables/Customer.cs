using System.Diagnostics.CodeAnalysis;

namespace Dunning.Receivables;

/// <summary>Whom we write to: one row for all of a customer's invoices.</summary>
public sealed record Customer
{
    public required string Id { get; init; }
    public string? ExternalId { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>BCP 47; null for the creditor's language.</summary>
    public string? Locale { get; init; }

    /// <summary>
    /// IANA zone: whose midnight makes an invoice late, and whose morning a message waits for. Null for the country's,
    /// else the creditor's zone.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>ISO 3166-1 alpha-2, optionally with a subdivision (MY-02).</summary>
    public string? Country { get; init; }
    public string? TaxId { get; init; }
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>
    /// An address found in a document that nobody has confirmed: shown to a person, never written to.
    /// </summary>
    public string? SuggestedEmail { get; init; }
    public bool DoNotContact { get; init; }

    /// <summary>The newest reminder on each channel: at most one a day, whatever the number of invoices.</summary>
    public IReadOnlyDictionary<Channel, LastNotice> LastNotices { get; init; } = new Dictionary<Channel, LastNotice>();

    /// <summary>Addresses and numbers that a provider has refused for good: never used again.</summary>
    public IReadOnlyList<string> DeadAddresses { get; init; } = [];

    /// <summary>Numbers whose owners want no text messages, until they say otherwise.</summary>
    public IReadOnlyList<OptOut> OptOuts { get; init; } = [];

    /// <summary>
    /// Since when nothing is known of the customer but the id, UTC; null again once a new invoice has brought them
    /// back.
    /// </summary>
    public DateTimeOffset? ErasedAt { get; init; }

    public bool CanBeReached => EmailAddress is not null || PhoneNumber is not null;

    /// <summary>The first person to greet, or the customer's own name.</summary>
    public string Greet => Contacts.FirstOrDefault(IsDebtor)?.Name ?? Name;

    public string? EmailAddress => Contacts.Where(IsDebtor).Select(c => c.Email).Prepend(Email).FirstOrDefault(IsAlive);
    public string? PhoneNumber =>
        Contacts.Where(IsDebtor).Select(c => c.Phone).Prepend(Phone).FirstOrDefault(p => IsAlive(p) && !HasOptedOut(p));

    /// <summary>Where the customer's own copy goes; an escalation has other readers.</summary>
    public string? AddressOn(Channel channel) => channel is Channel.Sms ? PhoneNumber : EmailAddress;

    public bool IsAlive([NotNullWhen(true)] string? address) => address is not null && !DeadAddresses.Contains(address);

    public bool HasOptedOut(string number) => OptOuts.Any(o => o.Is(number));

    /// <summary>Every number we have, whatever may be done with it.</summary>
    public IEnumerable<string> Numbers =>
        Contacts
            .Select(c => c.Phone)
            .Append(Phone)
            .Concat(OptOuts.Select(o => o.Number))
            .Concat(DeadAddresses)
            .OfType<string>()
            .Distinct();

    /// <summary>The customer without an address that turned out to reach nobody.</summary>
    public Customer Without(string address) =>
        DeadAddresses.Contains(address) ? this : this with { DeadAddresses = [.. DeadAddresses, address] };

    /// <summary>The customer after the owner of a number has asked for no more text messages.</summary>
    public Customer OptOut(OptOut wish) => HasOptedOut(wish.Number) ? this : this with { OptOuts = [.. OptOuts, wish] };

    /// <summary>
    /// The customer after the owner of a number has asked for text messages again: who writes from it lives.
    /// </summary>
    public Customer OptIn(string number) =>
        this with
        {
            OptOuts = [.. OptOuts.Where(o => !o.Is(number))],
            DeadAddresses = [.. DeadAddresses.Where(a => a != number)],
        };

    /// <summary>
    /// Whoever delayed a reminder, the customer has it on the day it leaves: what comes next keeps its distance from
    /// that.
    /// </summary>
    public Customer Reminded(Notice notice, DateOnly on) =>
        notice.IsReminder
        && LastNotices.GetValueOrDefault(notice.Channel) is { } last
        && last.NoticeId == notice.Id
        && last.On != on
            ? this with
            {
                LastNotices = LastNotices
                    .Where(n => n.Key != notice.Channel)
                    .Append(new(notice.Channel, last with { On = on }))
                    .ToDictionary(),
            }
            : this;

    private static bool IsDebtor(Contact contact) => contact is { IsAccountManager: false, IsManagement: false };
}

/// <param name="On">Date in the customer's zone.</param>
/// <param name="Tone">How firm it was: a lighter step that falls due the same day is covered by it.</param>
public sealed record LastNotice(string NoticeId, DateOnly On, NoticeTone Tone);

/// <param name="Number">E.164.</param>
/// <param name="At">UTC.</param>
/// <param name="Text">What the owner wrote, word for word.</param>
public sealed record OptOut(string Number, DateTimeOffset At, string Text)
{
    /// <summary>The wish without the number: known again when the number comes back (it outlives an erasure).</summary>
    public OptOut Erased() => this with { Number = Ids.Hash('h', Number), Text = "" };

    public bool Is(string number) => Number == number || Number == Ids.Hash('h', number);
}
