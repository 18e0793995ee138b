using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>Which channels can be used for a customer, and who receives escalation copies.</summary>
internal static class ContactChannels
{
    /// <summary>
    /// The step's channels that the customer is reminded on. SMS replaces email when the customer can be reminded by
    /// SMS only; email replaces SMS when the customer is to be reminded by email only.
    /// </summary>
    public static IReadOnlyList<Channel> Channels(Step step, Customer customer, DunningRules rules)
    {
        List<Channel> reachable = [.. step.Channels.Where(c => CanRemindOn(c, customer, rules))];
        if (IsReplaced(Channel.Email, by: Channel.Sms))
            reachable.Add(Channel.Sms);
        else if (!customer.Allows(Channel.Sms) && IsReplaced(Channel.Sms, by: Channel.Email))
            reachable.Add(Channel.Email);
        return reachable;

        bool IsReplaced(Channel channel, Channel by) =>
            step.Channels.Contains(channel)
            && !reachable.Contains(channel)
            && !reachable.Contains(by)
            && CanRemindOn(by, customer, rules);
    }

    public static bool CanRemind(Customer customer, DunningRules rules) =>
        CanRemindOn(Channel.Email, customer, rules) || CanRemindOn(Channel.Sms, customer, rules);

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
    /// <param name="channel">Null for email and SMS.</param>
    public static DunningBlock WhyNoAddress(Customer customer, Channel? channel = null) =>
        channel is Channel.Escalation ? DunningBlock.NoAddress
        : channel is not Channel.Email && customer.OptOuts.Count > 0 ? DunningBlock.OptedOut
        : customer.DeadAddresses.Any(dead =>
            channel is null || channel is Channel.Email == dead.Contains('@', StringComparison.Ordinal)
        )
            ? DunningBlock.AddressDead
        : DunningBlock.NoAddress;

    public static bool CanUse(Channel channel, Customer customer, DunningRules rules) =>
        channel switch
        {
            Channel.Email => customer.EmailAddress is not null,
            Channel.Sms => rules.SmsEnabled && customer.PhoneNumber is not null,
            _ => EscalationReaders(customer, rules).Count > 0,
        };
}
