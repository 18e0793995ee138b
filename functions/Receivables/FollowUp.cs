namespace Dunning.Receivables;

/// <summary>What the account manager is asked to do.</summary>
public sealed record FollowUp(FollowUpReason Reason) : StoredRecord
{
    /// <summary>What the policy says, or what the customer wrote.</summary>
    public string? Text { get; init; }

    /// <summary>The way in which the customer wrote.</summary>
    public ReplyChannel Channel { get; init; }

    /// <summary>The sender of the customer's message: a phone number (E.164) or an email address.</summary>
    public string? From { get; init; }

    /// <summary>The words for the account manager.</summary>
    public string Words() =>
        Reason switch
        {
            FollowUpReason.PolicyStep => Text!,
            FollowUpReason.PaymentMissing => "A payment was announced and has not arrived: ask the bank or the payment "
                + "provider, then record the payment or resume the invoice",
            FollowUpReason.RetainerUsedUp => $"The money paid in advance ({Text}) is used up by this invoice: ask the "
                + "customer to renew it",
            FollowUpReason.CollectionUnknown => "The money should have been collected, and neither payment nor failure "
                + "was reported: ask the bank or the payment provider, then record the payment, or resume the invoice "
                + "to have the customer asked",
            FollowUpReason.NoAddressLeft => "A reminder could not be delivered and there is no other address to use. "
                + "Please find out how to reach the customer, and correct the contact.",
            FollowUpReason.OnlyChannelOptedOut => "The customer wants no more text messages, and there is no email "
                + "address. Please agree on another way to reach them, and correct the contact.",
            FollowUpReason.Reply => AskToAnswer,
            FollowUpReason.ReplyMayOptOut => $"{AskToAnswer} It may ask for no more messages.",
            _ => throw new InvalidOperationException($"Follow-up {Reason} has no words: add them here."),
        };

    private string AskToAnswer =>
        Channel switch
        {
            ReplyChannel.Sms => $"Please answer the customer's text message from {From}: “{Text}”",
            ReplyChannel.Email => $"Please answer the customer's email from {From}: “{Text}”",
            _ => $"Please answer what the customer wrote: “{Text}”",
        };
}

public enum FollowUpReason
{
    PolicyStep,
    PaymentMissing,
    NoAddressLeft,
    OnlyChannelOptedOut,
    Reply,

    /// <summary>A reply that may ask for no more messages.</summary>
    ReplyMayOptOut,
    CollectionUnknown,
    RetainerUsedUp,
}
