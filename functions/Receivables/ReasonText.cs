namespace Dunning.Receivables;

/// <summary>The words of the reason codes, as parts of a sentence.</summary>
internal static class ReasonText
{
    private const string NoReasonGiven = "no reason given";

    public static string Of(DunningBlock block) =>
        block switch
        {
            DunningBlock.Settled => $"the invoice is {Of(ClosedAs.Settled)}",
            DunningBlock.Void => $"the invoice is {Of(ClosedAs.Void)}",
            DunningBlock.WrittenOff => $"the invoice is {Of(ClosedAs.WrittenOff)}",
            DunningBlock.Credited => $"the invoice is {Of(ClosedAs.Credited)}",
            DunningBlock.Replaced => $"the invoice is {Of(ClosedAs.Replaced)}",
            DunningBlock.NoClaim => "the document asks for no payment",
            DunningBlock.Erased => "the customer's data are erased",
            DunningBlock.BeingMoved => "it is being moved from another customer",
            DunningBlock.NothingOwed => "nothing is owed",
            DunningBlock.PaymentReported => "a payment has been reported and is being applied",
            DunningBlock.Disputed => "the invoice is in dispute",
            DunningBlock.OnHold => "the invoice is on hold",
            DunningBlock.PaymentPending => "a payment is on its way",
            DunningBlock.Promised => "the customer has promised to pay",
            DunningBlock.Collected => "the money is collected and not asked for",
            DunningBlock.MilestoneNotReached => "the next part of the plan waits for its milestone",
            DunningBlock.PlanEnded => "the plan does not stand any more",
            DunningBlock.InvoiceMissing => "the invoice no longer exists",
            DunningBlock.InvoiceClosed => "the invoice is closed",
            DunningBlock.AnotherStep => "the invoice is at another step now",
            DunningBlock.StepRemovedFromPolicy => "the invoice's policy no longer has this step",
            DunningBlock.DueDatePassed => "the due date has passed",
            DunningBlock.NoLongerSettled => "the invoice is no longer settled",
            DunningBlock.DoNotContact => "the customer is not to be contacted",
            DunningBlock.ReplyNotAnswered => "the customer has written and waits for an answer",
            DunningBlock.AwaitsPerson => "a letter is not posted yet, or a call not made",
            DunningBlock.NoAddress => "there is no address that can be used",
            DunningBlock.OptedOut => "the customer wants no text messages",
            DunningBlock.AddressDead => "no address works any more",
            DunningBlock.NoAccountManager => "there is no account manager",
            DunningBlock.NewerNotice => "a newer notice replaces it",
            DunningBlock.CustomersMerged => "it is planned anew, because two customers are merged",
            DunningBlock.LetterNotAllowed => "the letter may not be sent now",
            DunningBlock.Discarded => "discarded",
            DunningBlock.FeedSilent => "no payments have come in for a while",
            DunningBlock.NotRepeated => "it may have been sent and is not repeated",
            _ => throw new ArgumentOutOfRangeException(nameof(block), block, "The code has no words: add them here."),
        };

    public static string Of(NotChargedReason reason) =>
        reason switch
        {
            NotChargedReason.LawUnknown => "it is not known which country's law applies",
            NotChargedReason.NotVerified => "the rules of the country are not verified",
            NotChargedReason.NoRule => "the law knows no such charge",
            NotChargedReason.KindUnknown => "it is not known whether the customer is a business or a consumer",
            NotChargedReason.NotForConsumers => "the law does not allow it towards consumers",
            NotChargedReason.NotAgreed => "it was not agreed beforehand",
            NotChargedReason.TooSoonAfterDue => "it is too soon after the due date",
            NotChargedReason.TooSoonAfterReminder => "it is too soon after the reminder before",
            NotChargedReason.TooMany => "as many as the law allows were charged before",
            NotChargedReason.CurrencyDiffers => "the law names the amount in another currency",
            NotChargedReason.RateUnknown => "the rate of a day is not known",
            NotChargedReason.AmountUnknown => "the amount is not known",
            NotChargedReason.NoticeMissing => "a letter that must come first was not sent, or its time has not passed",
            NotChargedReason.NotAnnounced => "no message before said that it will be charged",
            NotChargedReason.Disputed => "a part is in dispute",
            NotChargedReason.BelowFloor => "the agreed rate is below the lowest that may be agreed",
            NotChargedReason.AboveLegalRate => "the agreed rate is above that of the law",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "The code has no words: add them here."),
        };

    public static string Of(LetterRefusal refusal) =>
        refusal switch
        {
            LetterRefusal.LawUnknown => "it is not known that the law allows it",
            LetterRefusal.KindUnknown => "it is not known whether the customer is a business or a consumer",
            LetterRefusal.EnclosuresMissing => "documents that must be enclosed are missing",
            LetterRefusal.EnclosuresTooLarge => "the documents that must be enclosed are larger than a message may be",
            LetterRefusal.TooEarly => "the reminders that must come first were not sent, or are too recent",
            LetterRefusal.AmountTooLow => "the law does not allow it for so small an amount",
            LetterRefusal.Disputed => "a part is in dispute",
            LetterRefusal.NoAddress => "the customer has no address to which it may be sent",
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "The code has no words: add them."),
        };

    public static string Of(ClosedAs closed) =>
        closed switch
        {
            ClosedAs.Settled => "settled",
            ClosedAs.Void => "void",
            ClosedAs.WrittenOff => "written off",
            ClosedAs.Replaced => "replaced by a corrected one",
            ClosedAs.NoClaim => "no demand for payment",
            _ => "a credit note",
        };

    /// <summary>Why the invoice is not demanded now, with the reason of its hold; null when it may be.</summary>
    public static string? OfBlock(Invoice invoice, DateTimeOffset now) =>
        invoice.BlockAt(now) switch
        {
            null => null,
            DunningBlock.Promised => $"{Of(DunningBlock.Promised)} by {invoice.Agreements.Promise!.On:yyyy-MM-dd}",
            DunningBlock.OnHold => $"{Of(DunningBlock.OnHold)}: {Of(invoice.Dunning.Hold!)}",
            { } block => Of(block),
        };

    public static string Of(Hold hold) =>
        hold.Reason switch
        {
            HoldReason.Requested => hold.Text ?? NoReasonGiven,
            HoldReason.PausedBySource => hold.Text ?? "paused by the sender",
            HoldReason.AwaitsApproval => $"step '{hold.ApprovalFor}' waits for approval",
            HoldReason.PaymentMissing => "an announced payment has not arrived",
            HoldReason.PaymentRefunded => "the payment was refunded",
            HoldReason.CorrectionUncertain => "it is not clear which invoice it corrects",
            HoldReason.CollectionUnknown => "the outcome of the collection is not known",
            HoldReason.CustomerUncertain => "it is not certain whose invoice this is",
            HoldReason.HandedOver when hold.Text is { } to => $"handed over to {to}",
            HoldReason.HandedOver => "handed over for collection",
            _ => throw new ArgumentOutOfRangeException(nameof(hold), hold.Reason, "The code has no words: add them."),
        };

    /// <summary>What a person gave as the reason.</summary>
    public static string Given(string? text) => text ?? NoReasonGiven;
}
