namespace Dunning.Notices.Localization;

/// <summary>
/// Labels of a message. A language file has a text for each, under the same name in camel case.
/// </summary>
internal enum LabelKey
{
    Invoice,
    InvoiceNumber,
    Issued,
    Due,
    DueDate,
    OrderReference,
    InvoiceAmount,
    PaidSoFar,
    Remaining,
    OpenAmount,
    AmountDue,
    AmountReceived,
    Total,
    PayBy,
    PayOnline,
    SeeInvoice,
    PayByBank,
    Iban,
    AccountNumber,
    BankCode,
    Bic,
    AccountName,
    PaymentReference,
    Invoices,
    InDispute,
    WhatWasSent,
    Date,
    Channel,
    Message,
    ToDo,
    Customer,
    TaxId,
    ListSeparator,
    ListLast,
}
