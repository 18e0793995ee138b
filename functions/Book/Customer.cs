namespace Dunning.Book;

/// <summary>Whom we write to: one row for all of a customer's invoices.</summary>
public sealed record Customer
{
    public required string Id { get; init; }
    public string? ExternalId { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>BCP 47; null for the house language.</summary>
    public string? Locale { get; init; }

    /// <summary>IANA zone: whose midnight makes an invoice late, and whose morning a message waits for. Null for the country's, else the house zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>ISO 3166-1 alpha-2, optionally with a subdivision (MY-02).</summary>
    public string? Country { get; init; }
    public string? TaxId { get; init; }
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>An address found in a document that nobody has confirmed: shown to a person, never written to.</summary>
    public string? SuggestedEmail { get; init; }
    public bool DoNotContact { get; init; }

    /// <summary>The newest reminder on each channel: at most one a day, whatever the number of invoices.</summary>
    public IReadOnlyDictionary<Channel, LastNotice> LastNotices { get; init; } = new Dictionary<Channel, LastNotice>();

    /// <summary>Addresses and numbers that a provider has refused for good: never used again.</summary>
    public IReadOnlyList<string> DeadAddresses { get; init; } = [];

    /// <summary>Since when nothing is known of the customer but the id, UTC; null again once a new invoice has brought them back.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    public bool CanBeReached => EmailAddress is not null || PhoneNumber is not null;

    /// <summary>The first person to greet, or the customer's own name.</summary>
    public string Greet => Contacts.FirstOrDefault(IsDebtor)?.Name ?? Name;

    public string? EmailAddress => Contacts.Where(IsDebtor).Select(c => c.Email).Prepend(Email).FirstOrDefault(IsAlive);
    public string? PhoneNumber => Contacts.Where(IsDebtor).Select(c => c.Phone).Prepend(Phone).FirstOrDefault(IsAlive);

    private static bool IsDebtor(Contact contact) => contact is { IsAccountManager: false, IsManagement: false };

    private bool IsAlive(string? address) => address is not null && !DeadAddresses.Contains(address);
}

/// <param name="On">Date in the customer's zone.</param>
/// <param name="Letter">How firm it was: a lighter step that falls due the same day is covered by it.</param>
public sealed record LastNotice(string NoticeId, DateOnly On, LetterKind Letter);
