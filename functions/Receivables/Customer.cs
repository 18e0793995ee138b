using System.Diagnostics.CodeAnalysis;

namespace Dunning.Receivables;

/// <summary>A customer: one row for all of the customer's invoices.</summary>
public sealed record Customer : StoredRecord
{
    /// <summary>Those by which a customer can be reminded; a copy goes to others.</summary>
    public static readonly IReadOnlyList<Channel> AllChannels =
    [
        Channel.Email,
        Channel.Sms,
        Channel.Call,
        Channel.Letter,
    ];

    public required CustomerId Id { get; init; }
    public string? ExternalId { get; init; }
    public required string Name { get; init; }

    /// <summary>See <see cref="Ids.NameKey"/>; null for a customer whom the source knows by an id.</summary>
    public string? NameKey { get; init; }
    public string? Email { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>BCP 47; null for the creditor's language.</summary>
    public string? Locale { get; init; }

    /// <summary>
    /// IANA zone. Its date decides whether an invoice is late; its time of day decides when a message may be sent. Null
    /// for the country's, else the creditor's zone.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>ISO 3166-1 alpha-2, optionally with a subdivision (MY-02).</summary>
    public string? Country { get; init; }
    public string? TaxId { get; init; }

    /// <summary>Decides which interest and fees the law allows; null where it is not known.</summary>
    public CustomerKind? Kind { get; init; }
    public PostalAddress? Address { get; init; }

    /// <summary>Offered first; null for the order of the invoice.</summary>
    public PaymentMethod? PreferredPaymentMethod { get; init; }
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>A credit note that names no invoice was accepted: what is left of it may be set off.</summary>
    public bool HasCredits { get; init; }

    /// <summary>An unconfirmed email address from a document: shown to a person, never used.</summary>
    public string? SuggestedEmail { get; init; }
    public bool DoNotContact { get; init; }

    /// <summary>The newest reminder on each channel: at most one per day, whatever the number of invoices.</summary>
    public IReadOnlyDictionary<Channel, LastNotice> LastNotices { get; init; } = new Dictionary<Channel, LastNotice>();

    /// <summary>The reminders of the last month, which count towards the caps; copies do not count.</summary>
    public IReadOnlyList<RecentReminder> RecentReminders { get; init; } = [];

    /// <summary>
    /// Email addresses and phone numbers that a provider rejected permanently: never used again, except a number
    /// from which its owner opts in to SMS.
    /// </summary>
    public IReadOnlyList<string> DeadAddresses { get; init; } = [];

    /// <summary>Of <see cref="DeadAddresses"/> the phone numbers that get no SMS and can be called.</summary>
    public IReadOnlyList<string> Landlines { get; init; } = [];

    /// <summary>
    /// The postal address from which a letter came back (<see cref="PostalAddress.OneLine"/>): never written to again.
    /// </summary>
    public string? ReturnedAddress { get; init; }

    /// <summary>Phone numbers whose owners have opted out of SMS.</summary>
    public IReadOnlyList<OptOut> OptOuts { get; init; } = [];

    /// <summary>The first day of the month in which the last monthly statement was planned.</summary>
    public DateOnly? StatementMonth { get; init; }

    /// <summary>
    /// When the personal data were erased, UTC. A new invoice of the customer sets it to null again.
    /// </summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>
    /// Set on a customer that a person merged into another one: nothing is planned or sent for it any more.
    /// </summary>
    public Merge? Merge { get; init; }

    /// <summary>Ids of the customers that were merged into this one.</summary>
    public IReadOnlyList<CustomerId> MergedFrom { get; init; } = [];

    /// <summary>
    /// The ways in which the customer is reminded, the preferred one first, and no other; empty for all that can be
    /// used, in the order of the policy.
    /// </summary>
    public IReadOnlyList<Channel> Channels { get; init; } = [];

    /// <summary>
    /// Name of the dunning policy of new invoices whose document names none; null for the default policy.
    /// </summary>
    public string? Policy { get; init; }

    /// <summary>A label of the creditor's own.</summary>
    public string? Group { get; init; }

    /// <summary>In every reminder and thank-you; null for none.</summary>
    public string? PersonalLine { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<CustomerNote> Notes { get; init; } = [];

    /// <summary>
    /// The fields that a person set: a document of the source no longer changes them. See
    /// <see cref="CustomerFields.OfSource"/>.
    /// </summary>
    public IReadOnlyList<CustomerField> SetByPerson { get; init; } = [];

    /// <summary>
    /// The mailbox that the source last named, where a person set another one: the source's next document, which may
    /// name no id of the customer, is still recognised by it.
    /// </summary>
    public string? SourceEmail { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<CustomerChange> Changes { get; init; } = [];

    /// <summary>
    /// The links to the portal that hold this number are valid; raised when all links are revoked, and by erasure.
    /// </summary>
    public int PortalLinkEpoch { get; init; }

    /// <summary>When a new link was last sent on request, in the customer's zone: once a day at most.</summary>
    public DateOnly? PortalLinkSentOn { get; init; }

    /// <summary>How often the customer answered on the portal on its last day; null for never.</summary>
    public PortalAnswerCount? PortalAnswers { get; init; }

    /// <summary>
    /// The customer wants no message that asks for nothing yet: no reminder before the due date, no thank-you.
    /// </summary>
    public bool NoCourtesyMails { get; init; }

    /// <summary>
    /// What the customer wrote and nobody has answered: no reminders until then. Other messages, such as a statement
    /// or a thank-you, are not held back.
    /// </summary>
    public IReadOnlyList<OpenReply> OpenReplies { get; init; } = [];

    /// <inheritdoc cref="Invoice.FollowUpKeys"/>
    public IReadOnlyList<string> FollowUpKeys { get; init; } = [];

    public bool CanBeReached => Ways.Any(HasAddressFor);

    /// <summary>The ways in which a reminder may go, the preferred one first.</summary>
    public IReadOnlyList<Channel> Ways => Channels.Count > 0 ? Channels : AllChannels;

    /// <summary>
    /// Whether a reminder may use the channel. Other messages, such as a statement, are not restricted.
    /// </summary>
    public bool Allows(Channel channel) => channel is Channel.Escalation || Ways.Contains(channel);

    public bool AwaitsAnswer => OpenReplies.Count > 0;

    public bool IsSetByPerson(CustomerField field) => SetByPerson.Contains(field);

    /// <summary>The name for the salutation: the first contact person, else the customer's own name.</summary>
    public string Greet => Contacts.FirstOrDefault(IsDebtor)?.Name ?? Name;

    /// <summary>Whether <see cref="Greet"/> is a person's name.</summary>
    public bool GreetsPerson => Contacts.FirstOrDefault(IsDebtor) is { HasName: true };

    public string? EmailAddress => Contacts.Where(IsDebtor).Select(c => c.Email).Prepend(Email).FirstOrDefault(IsAlive);
    public string? PhoneNumber =>
        Contacts.Where(IsDebtor).Select(c => c.Phone).Prepend(Phone).FirstOrDefault(p => IsAlive(p) && !HasOptedOut(p));

    /// <summary>The number to call; an opt-out from SMS does not end calls.</summary>
    public string? CallNumber =>
        Contacts.Where(IsDebtor).Select(c => c.Phone).Prepend(Phone).FirstOrDefault(p => IsAlive(p) || IsLandline(p));

    /// <summary>The address that a letter needs; null where it is not complete, or a letter came back.</summary>
    public PostalAddress? LetterAddress =>
        Address is { Line1: not null, City: not null } or { Line1: not null, PostalCode: not null }
        && Address.OneLine != ReturnedAddress
            ? Address
            : null;

    /// <summary>
    /// The customer's own address or number on a channel; null for a letter. Escalation copies go to
    /// <c>ContactChannels.EscalationReaders</c>.
    /// </summary>
    public string? AddressOn(Channel channel) =>
        channel switch
        {
            Channel.Sms => PhoneNumber,
            Channel.Call => CallNumber,
            Channel.Letter => null,
            _ => EmailAddress,
        };

    public bool HasAddressFor(Channel channel) =>
        channel is Channel.Letter ? LetterAddress is not null : AddressOn(channel) is not null;

    /// <summary>The contacts that receive a copy of every email to the customer.</summary>
    public IEnumerable<Contact> CopiedContacts => Contacts.Where(c => c.Cc && IsAlive(c.Email));

    /// <summary>The contacts that have one of the roles and get a copy for it.</summary>
    internal IEnumerable<Contact> ContactsIn(IReadOnlyCollection<string> roles) =>
        Contacts.Where(c =>
            c.Role is { } role && roles.Contains(role, StringComparer.OrdinalIgnoreCase) && IsAlive(c.Email)
        );

    /// <summary>Whether an email to the customer goes to this mailbox, as the recipient or as a copy.</summary>
    public bool IsEmailedAt(string? address) =>
        EmailAddress is { } main
        && CopiedContacts.Select(c => c.Email).Prepend(main).Contains(address, MailboxComparer.Instance);

    /// <summary>Whether the mailbox is of the creditor's employee for this customer.</summary>
    public bool IsManagedBy(string address) =>
        Contacts.Any(c => c.IsAccountManager && MailboxComparer.Instance.Equals(c.Email, address));

    public bool IsAlive([NotNullWhen(true)] string? address) =>
        address is not null && !DeadAddresses.Contains(address, MailboxComparer.Instance);

    private bool IsLandline([NotNullWhen(true)] string? number) => number is not null && Landlines.Contains(number);

    public bool HasOptedOut(string number) => OptOuts.Any(o => o.Is(number));

    /// <summary>
    /// All stored phone numbers and mailboxes by which the customer is found, opted-out and dead ones included.
    /// </summary>
    public IEnumerable<string> Addresses =>
        Mailboxes
            .Concat(Contacts.Select(c => c.Phone))
            .Append(Phone)
            .Concat(OptOuts.Select(o => o.Number))
            .Concat(DeadAddresses)
            .OfType<string>()
            .Distinct();

    /// <summary>The mailboxes of the customer and its people, not those of the creditor's employees.</summary>
    public IEnumerable<string> Mailboxes =>
        Contacts
            .Where(c => !c.IsAccountManager)
            .Select(c => c.Email)
            .Prepend(SourceEmail)
            .Prepend(Email)
            .OfType<string>()
            .Distinct(MailboxComparer.Instance)
            .OfType<string>();

    /// <summary>The customer with an address marked as dead.</summary>
    /// <param name="isLandline">A phone number that gets no SMS and can be called.</param>
    public Customer Without(string address, bool isLandline = false) =>
        this with
        {
            DeadAddresses = DeadAddresses.Contains(address) ? DeadAddresses : [.. DeadAddresses, address],
            Landlines =
            [
                .. Landlines.Where(number => number != address),
                .. isLandline ? [address] : Array.Empty<string>(),
            ],
        };

    public Customer OptOut(OptOut optOut) =>
        HasOptedOut(optOut.Number) ? this : this with { OptOuts = [.. OptOuts, optOut] };

    /// <summary>
    /// Ends the opt-out of a number. An SMS from the number also proves that it works, so it is no longer dead.
    /// </summary>
    public Customer OptIn(string number) =>
        this with
        {
            OptOuts = [.. OptOuts.Where(o => !o.Is(number))],
            DeadAddresses = [.. DeadAddresses.Where(a => a != number)],
            Landlines = [.. Landlines.Where(a => a != number)],
        };

    /// <summary>The customer with an entry about what a person changed.</summary>
    public Customer WithChange(DateTimeOffset now, string by, params IReadOnlyList<CustomerField> fields) =>
        this with
        {
            Changes = [new CustomerChange(now, by, fields), .. Changes.Take(CustomerChange.MaxCount - 1)],
        };

    /// <summary>The customer with all links to the portal revoked.</summary>
    public Customer WithoutPortalLinks(string by, DateTimeOffset now) =>
        WithChange(now, by, CustomerField.PortalLinks) with
        {
            PortalLinkEpoch = PortalLinkEpoch + 1,
        };

    /// <summary>The customer with a reply that waits for an answer. Repeating it changes nothing.</summary>
    public Customer AwaitingAnswer(Reply reply) =>
        OpenReplies.Count >= OpenReply.MaxCount || OpenReplies.Any(open => open.Id == reply.Id)
            ? this
            : this with
            {
                OpenReplies = [.. OpenReplies, new OpenReply(reply.Id, reply.At)],
            };

    public Customer WithoutOpenReplies(Func<OpenReply, bool> isOver) =>
        OpenReplies.Any(isOver) ? this with { OpenReplies = [.. OpenReplies.Where(open => !isOver(open))] } : this;

    /// <summary>A reminder was planned: the distance to the next one, and the caps, count from today.</summary>
    public Customer WithReminder(Notice notice, DateOnly today) =>
        notice.IsReminder
            ? this with
            {
                LastNotices = new Dictionary<Channel, LastNotice>(LastNotices)
                {
                    [notice.Channel] = new(notice.Id, today, notice.Tone),
                },
                RecentReminders =
                [
                    .. RecentReminders
                        .Where(r => r.NoticeId != notice.Id)
                        .Where(r => r.On > today.AddDays(-RecentReminder.KeptDays)),
                    .. notice.Channel is Channel.Escalation
                        ? Array.Empty<RecentReminder>()
                        : [new RecentReminder(notice.Id, notice.Channel, today)],
                ],
            }
            : this;

    /// <summary>
    /// Moves the date of a reminder to the day on which it was sent. The minimum days between reminders count from
    /// then, however long the sending was delayed.
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
                RecentReminders = [.. RecentReminders.Select(r => r.NoticeId == notice.Id ? r with { On = on } : r)],
            }
            : this;

    /// <summary>Planned reminders were not sent after all: nothing counts from them.</summary>
    public Customer WithoutReminders(IReadOnlyCollection<NoticeId> notices) =>
        LastNotices.Values.Any(last => notices.Contains(last.NoticeId))
        || RecentReminders.Any(r => notices.Contains(r.NoticeId))
            ? this with
            {
                LastNotices = LastNotices.Where(last => !notices.Contains(last.Value.NoticeId)).ToDictionary(),
                RecentReminders = [.. RecentReminders.Where(r => !notices.Contains(r.NoticeId))],
            }
            : this;

    /// <summary>
    /// The customer with what another one brings when it is merged into it: every wish not to be contacted, the later
    /// of the last reminders, and contact data where there were none. Repeating it changes nothing.
    /// </summary>
    public Customer Absorb(Customer other) =>
        this with
        {
            Channels = Channels.Count > 0 ? Channels : other.Channels,
            Policy = Policy ?? other.Policy,
            Group = Group ?? other.Group,
            PersonalLine = PersonalLine ?? other.PersonalLine,
            Notes =
            [
                .. Notes
                    .Concat(other.Notes)
                    .DistinctBy(note => note.Id)
                    .OrderByDescending(note => note.At)
                    .Take(CustomerNote.MaxCount),
            ],
            Changes =
            [
                .. Changes
                    .Concat(other.Changes)
                    .DistinctBy(change => (change.At, change.By))
                    .OrderByDescending(change => change.At)
                    .Take(CustomerChange.MaxCount),
            ],
            // What a person set on the other one wins only where there was nothing here.
            SetByPerson =
            [
                .. SetByPerson.Union(other.SetByPerson.Where(field => CustomerFields.TextOf(this, field) is null)),
            ],
            SourceEmail = SourceEmail ?? other.SourceEmail,
            Name = Name.Length > 0 ? Name : other.Name,
            ExternalId = ExternalId ?? other.ExternalId,
            Email = Email ?? other.Email,
            Phone = Phone ?? other.Phone,
            Locale = Locale ?? other.Locale,
            TimeZone = TimeZone ?? other.TimeZone,
            Country = Country ?? other.Country,
            TaxId = TaxId ?? other.TaxId,
            Kind = Kind ?? other.Kind,
            Address = Address ?? other.Address,
            PreferredPaymentMethod = PreferredPaymentMethod ?? other.PreferredPaymentMethod,
            Contacts = Contacts.Count > 0 ? Contacts : other.Contacts,
            SuggestedEmail = SuggestedEmail ?? other.SuggestedEmail,
            DoNotContact = DoNotContact || other.DoNotContact,
            NoCourtesyMails = NoCourtesyMails || other.NoCourtesyMails,
            // What was revoked of either one stays revoked.
            PortalLinkEpoch = Math.Max(PortalLinkEpoch, other.PortalLinkEpoch),
            HasCredits = HasCredits || other.HasCredits,
            LastNotices = LastNotices
                .Concat(other.LastNotices)
                .GroupBy(last => last.Key, last => last.Value)
                .ToDictionary(onChannel => onChannel.Key, onChannel => onChannel.MaxBy(last => (last.On, last.Tone))!),
            RecentReminders = [.. RecentReminders.Union(other.RecentReminders)],
            DeadAddresses = [.. DeadAddresses.Union(other.DeadAddresses)],
            Landlines = [.. Landlines.Union(other.Landlines)],
            ReturnedAddress = ReturnedAddress ?? other.ReturnedAddress,
            StatementMonth =
                StatementMonth > other.StatementMonth ? StatementMonth : other.StatementMonth ?? StatementMonth,
            OptOuts = [.. OptOuts.Concat(other.OptOuts).DistinctBy(optOut => optOut.Number)],
            OpenReplies = [.. OpenReplies.Concat(other.OpenReplies).DistinctBy(open => open.Id)],
            // Erased since the merge began: the other one brings it back, as a new invoice would.
            ErasedAt = null,
            MergedFrom = [.. MergedFrom.Union(other.MergedFrom).Union([other.Id])],
        };

    private static bool IsDebtor(Contact contact) => contact is { IsAccountManager: false, IsManagement: false };
}

/// <param name="Into">Id of the customer that has the invoices now.</param>
/// <param name="At">UTC.</param>
/// <param name="By">Who decided it; null when it is done: the history of the invoices says it.</param>
public sealed record Merge(CustomerId Into, DateTimeOffset At, string? By, string? Reason) : StoredRecord
{
    /// <summary>True when all rows have moved: the customer's row only leads to the other one.</summary>
    public bool IsDone => By is null;
}

/// <param name="On">Date in the customer's zone.</param>
/// <param name="Tone">
/// A step that falls due on the same day with this tone or a lighter one is covered by the notice.
/// </param>
public sealed record LastNotice(NoticeId NoticeId, DateOnly On, NoticeTone Tone) : StoredRecord;

/// <param name="On">Date in the customer's zone.</param>
public sealed record RecentReminder(NoticeId NoticeId, Channel Channel, DateOnly On) : StoredRecord
{
    /// <summary>The longest time over which a cap counts.</summary>
    public const int KeptDays = 31;
}

/// <param name="Number">E.164.</param>
/// <param name="At">UTC.</param>
/// <param name="Text">The owner's message, unchanged.</param>
public sealed record OptOut(string Number, DateTimeOffset At, string Text) : StoredRecord
{
    /// <summary>
    /// The opt-out with the hash of the number only: it survives an erasure and still matches the number.
    /// </summary>
    public OptOut Erased() => this with { Number = Ids.Hash('h', Number), Text = "", UnknownFields = null };

    public bool Is(string number) => Number == number || Number == Ids.Hash('h', number);
}

/// <param name="On">Date in the customer's zone.</param>
public sealed record PortalAnswerCount(DateOnly On, int Count) : StoredRecord
{
    /// <summary>More than a person has to say in a day.</summary>
    public const int MaxPerDay = 10;

    public bool IsUsedUpOn(DateOnly day) => On == day && Count >= MaxPerDay;

    public static PortalAnswerCount Next(PortalAnswerCount? last, DateOnly day) =>
        last?.On == day ? last with { Count = last.Count + 1 } : new(day, 1);
}
