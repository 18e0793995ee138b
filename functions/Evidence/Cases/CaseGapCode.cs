namespace Dunning.Evidence.Cases;

/// <summary>What a pack lacks; the dashboard's words of <c>evidenceGap</c> say it.</summary>
internal enum CaseGapCode
{
    Erased,

    /// <summary>It may be another customer's.</summary>
    CustomerUncertain,
    NoInvoiceDocument,
    NoContract,

    /// <summary>Neither an order nor a quote.</summary>
    NoOrder,
    NoDeliveryNote,
    DocumentNotStored,

    /// <summary>The message was deleted with the personal data.</summary>
    MessageErased,

    /// <summary>Its sender stopped before it was stored, or the data were restored.</summary>
    MessageMissing,

    /// <summary>A file that was attached to a message.</summary>
    AttachmentMissing,

    /// <summary>No provider has reported it as delivered.</summary>
    NotProven,
    LawUnknown,
    LawNotVerified,

    /// <summary>Without it the law gives no interest.</summary>
    KindUnknown,
    RateUnknown,

    /// <summary>Events were changed, removed or added.</summary>
    Chain,

    /// <summary>Events are from before there was a chain.</summary>
    Unchained,
}
