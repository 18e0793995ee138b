using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>Which channels can be used for a customer, and who receives escalation copies.</summary>
internal static class ContactChannels
{
    /// <summary>
    /// The channels on which a step reminds the customer: never more than it names. A customer's own preference comes
    /// first, except for a formal letter. Where none of the step's channels can be used, the next way takes its place.
    /// </summary>
    public static IReadOnlyList<Channel> Channels(Step step, Customer customer, DunningRules rules)
    {
        var named = step.Channels.Where(channel => channel is not Channel.Escalation).ToList();
        var isFormal = step.Tone.IsFormal();
        var usable = named
            .Where(channel => isFormal ? CanUse(channel, customer, rules) : CanRemindOn(channel, customer, rules))
            .ToList();
        var ways = WaysTo(customer, step.Tone, rules);
        if (ways is [var first, ..] && !usable.Contains(first) && named.Count > 0)
        {
            if (customer.Channels.Count > 0 && !isFormal || usable.Count == 0)
                usable = [first, .. usable.Take(named.Count - 1)];
        }
        return
        [
            .. usable.Order(),
            .. step.Channels.Where(channel => channel is Channel.Escalation && CanRemindOn(channel, customer, rules)),
        ];
    }

    /// <summary>
    /// The ways in which a message of the tone can reach the customer now, the preferred one first. Nobody calls or
    /// posts a letter before the due date, unless the customer prefers it.
    /// </summary>
    public static IReadOnlyList<Channel> WaysTo(Customer customer, NoticeTone tone, DunningRules rules) =>
        [
            .. customer
                .Ways.Where(channel => tone.CanGoBy(channel) && CanRemindOn(channel, customer, rules))
                .Where(channel => !channel.IsByPerson() || tone >= NoticeTone.Friendly || customer.Channels.Count > 0),
        ];

    public static bool CanRemind(Customer customer, DunningRules rules) =>
        customer.Ways.Any(channel => CanUse(channel, customer, rules));

    /// <summary>Whether there is an address, and the customer may be reminded on the channel.</summary>
    public static bool CanRemindOn(Channel channel, Customer customer, DunningRules rules) =>
        customer.Allows(channel) && CanUse(channel, customer, rules);

    /// <summary>
    /// The recipients of an escalation copy: the customer's management contacts, then the account managers. Not a
    /// mailbox that gets the reminder itself.
    /// </summary>
    public static IReadOnlyList<Contact> EscalationReaders(Customer customer, DunningRules rules) =>
        [
            .. ManagementContacts(customer),
            .. AccountManagers(customer, rules).Where(owner => !customer.IsEmailedAt(owner.Email!)),
        ];

    /// <summary>The management contacts of the customer that receive an escalation copy.</summary>
    public static IReadOnlyList<Contact> ManagementContacts(Customer customer) =>
        [
            .. customer.Contacts.Where(c =>
                c.IsManagement && customer.IsAlive(c.Email) && !customer.IsEmailedAt(c.Email)
            ),
        ];

    /// <summary>
    /// The account managers named in the customer's contacts, else the creditor's account manager, of whom the address
    /// alone is known.
    /// </summary>
    public static IReadOnlyList<Contact> AccountManagers(Customer customer, DunningRules rules)
    {
        var named = customer.Contacts.Where(c => c is { IsAccountManager: true, Email: not null }).ToList();
        return named.Count > 0 || rules.AccountManager is not { } address
            ? named
            : [new Contact(Name: address, Email: address, Phone: null, Role: "accountManager", Cc: false)];
    }

    /// <summary>Why there is no address that can be used.</summary>
    /// <param name="channel">Null for all of them.</param>
    public static DunningBlock WhyNoAddress(Customer customer, Channel? channel = null) =>
        channel is Channel.Letter && customer.Address is { } address && address.OneLine == customer.ReturnedAddress
            ? DunningBlock.AddressDead
        : channel is Channel.Escalation or Channel.Letter ? DunningBlock.NoAddress
        : channel is null or Channel.Sms && customer.OptOuts.Count > 0 ? DunningBlock.OptedOut
        : customer.DeadAddresses.Any(dead =>
            channel is null || channel is Channel.Email == dead.Contains('@', StringComparison.Ordinal)
        )
            ? DunningBlock.AddressDead
        : DunningBlock.NoAddress;

    public static bool CanUse(Channel channel, Customer customer, DunningRules rules) =>
        channel switch
        {
            Channel.Sms => rules.SmsEnabled
                && customer.PhoneNumber is not null
                && !(customer.Country is { Length: >= 2 } country && rules.CountriesWithoutSms.Contains(country[..2])),
            Channel.Escalation => EscalationReaders(customer, rules).Count > 0,
            _ => customer.HasAddressFor(channel),
        };
}
