using Dunning.Configuration;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Replies.Mail;

/// <summary>The mailboxes of the creditor: what comes from them is no customer's answer.</summary>
public sealed class OwnMailboxes(EmailOptions email, CreditorOptions creditor, DunningRules rules)
{
    public bool Contains(string address) =>
        new[] { email.From, creditor.Email, rules.AccountManager }.Contains(address, MailboxComparer.Instance);
}
