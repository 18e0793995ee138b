using System.Globalization;
using Azure;
using Dunning.Invoices.Formats;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Fixtures;

/// <summary>Valid default values; a test changes what it needs by <c>with</c>.</summary>
internal static class TestData
{
    public static readonly CustomerId CustomerId = CustomerId.OfExternalId("api", "k-1");

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    public static Money Eur(long cents) => new(cents, "EUR");

    public static Money Amount(string text, string currency = "EUR") =>
        Money.TryParse(text, currency, out var money, out _) ? money : throw new FormatException(text);

    /// <summary>In London, with an email address and no phone number.</summary>
    public static Customer Customer() =>
        new()
        {
            Id = CustomerId,
            ExternalId = "k-1",
            Name = "Buyer Ltd",
            Email = "ap@buyer.example",
            TimeZone = "Europe/London",
            Country = "GB",
        };

    /// <summary>119.00 EUR, payment terms of 30 days, accepted on the issue date.</summary>
    public static Invoice Invoice(string due = "2026-02-02", string number = "1042")
    {
        var issued = Day(due).AddDays(-30);
        return new Invoice
        {
            Id = InvoiceId.Create(CustomerId, "api", number),
            Source = "api",
            ExternalId = number,
            AcceptedAt = new(issued, new(10, 0), TimeSpan.Zero),
            Document = new()
            {
                Number = number,
                IssueDate = issued,
                DueDate = Day(due),
                AmountDue = Eur(119_00),
                Hash = "none",
            },
            Dunning = new() { ScheduleStart = Day(due), Policy = new("default", 1) },
            Payments = new()
            {
                OriginalAmount = Eur(119_00),
                Paid = Eur(0),
                PaidWhenSent = Eur(0),
            },
        };
    }

    /// <summary>The same invoice as a document of its source.</summary>
    public static InvoiceDocument Document(string due = "2026-02-02", string number = "1042") =>
        new()
        {
            ExternalId = number,
            Number = number,
            IssueDate = Day(due).AddDays(-30),
            DueDate = Day(due),
            AmountDue = Eur(119_00),
            Customer = new CustomerDocument
            {
                ExternalId = "k-1",
                Name = "Buyer Ltd",
                Email = "ap@buyer.example",
                TimeZone = "Europe/London",
                Country = "GB",
            },
        };

    public static Versioned<T> Versioned<T>(T value) => new(value, new ETag("W/\"read\""));

    public static CustomerAccount Account(Customer customer, params Invoice[] invoices) =>
        new(Versioned(customer), [.. invoices.Select(Versioned)], []);
}
