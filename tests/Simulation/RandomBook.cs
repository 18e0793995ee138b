using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dunning.Tests.Simulation;

/// <summary>
/// Invoices of customers in several zones, with and without addresses, under two policies (see <see
/// cref="RandomPolicies"/>), and what is agreed or changed about them. The same seed gives the same book.
/// </summary>
internal sealed class RandomBook(int seed, DateOnly start)
{
    private const int Customers = 14;

    private static readonly (string Zone, string Country, string Phone)[] _places =
    [
        ("Europe/London", "GB", "+4477009001"),
        ("America/New_York", "US", "+1212555010"),
        ("Australia/Sydney", "AU", "+6149157015"),
        ("Asia/Kuala_Lumpur", "MY", "+6012345670"),
        ("America/Santiago", "CL", "+5691234560"),
        ("Asia/Kolkata", "IN", "+9198765430"),
        ("Europe/Berlin", "DE", "+4915112340"),
    ];

    private readonly Random _random = new(seed);

    /// <summary>The customers' invoices, most of a few each, one with more than fit into one plan.</summary>
    public IEnumerable<object> Invoices()
    {
        for (var customer = 0; customer < Customers; customer++)
        {
            var party = Customer(customer);
            var count = customer == 0 ? 13 : _random.Next(1, 5);
            for (var i = 0; i < count; i++)
                yield return Invoice($"HF-{customer:D2}-{i:D2}", party);
        }
    }

    /// <summary>A change of an invoice as a request; many are refused, which is fine.</summary>
    /// <param name="ids">Of the invoices.</param>
    public (string Path, object Body) Change(DateOnly today, IReadOnlyList<string> ids)
    {
        var id = ids[_random.Next(ids.Count)];
        var day = Text(today.AddDays(_random.Next(1, 25)));
        return _random.Next(8) switch
        {
            0 => ($"invoices/{id}/hold", new { reason = "asked for", until = day }),
            1 => ($"invoices/{id}/hold", new { reason = "asked for" }),
            2 => ($"invoices/{id}/dispute", new { reason = "wrong goods" }),
            3 => ($"invoices/{id}/dispute", Part("amount", _random.Next(1, 60))),
            4 or 5 => ($"invoices/{id}/promise", new { date = day, by = "Maya" }),
            6 => ($"invoices/{id}/plan", EqualParts(day)),
            _ => ($"invoices/{id}/extend", new { dueDate = Text(today.AddDays(_random.Next(1, 40))), by = "Maya" }),
        };
    }

    /// <summary>A payment of a part, or of all of it.</summary>
    public static (string Path, object Body) Payment(DateOnly today, string id, bool whole) =>
        (
            $"invoices/{id}/payments",
            new
            {
                amount = whole ? "100.00" : "12.50",
                currency = "GBP",
                paidOn = Text(today),
            }
        );

    public int Next(int below) => _random.Next(below);

    private object Invoice(string number, object customer)
    {
        var due = start.AddDays(_random.Next(-25, 30));
        var invoice = new JsonObject
        {
            ["externalId"] = number,
            ["number"] = number,
            ["issueDate"] = Text(due.AddDays(-_random.Next(5, 40))),
            ["dueDate"] = Text(due),
            ["currency"] = "GBP",
            ["amountDue"] = "100.00",
            ["customer"] = JsonSerializer.SerializeToNode(customer),
        };
        if (_random.Next(3) == 0)
            invoice["dunning"] = new JsonObject { ["policy"] = "brisk" };
        if (_random.Next(10) == 0)
            invoice["collection"] = new JsonObject { ["method"] = "directDebit", ["mandateId"] = "M-7" };
        else if (_random.Next(8) == 0)
            AddInstalments(invoice, due);
        return invoice;
    }

    private static void AddInstalments(JsonObject invoice, DateOnly due)
    {
        invoice.Remove("dueDate");
        invoice["instalments"] = new JsonArray(
            new JsonObject { ["amount"] = "40.00", ["dueDate"] = Text(due) },
            new JsonObject { ["amount"] = "60.00", ["dueDate"] = Text(due.AddDays(20)) }
        );
    }

    private object Customer(int number)
    {
        var (zone, country, phone) = _places[number % _places.Length];
        // One has no address at all, one a phone only; one has managers that are copied.
        var email = number is 5 or 6 ? null : $"ap{number}@buyer.example";
        var sms = number == 6 || (email is not null && _random.Next(2) == 0) ? $"{phone}{number % 10}" : null;
        return new
        {
            externalId = $"k-{number}",
            name = $"Buyer {number} Ltd",
            email,
            phone = sms,
            timeZone = zone,
            country,
            contacts = number % 3 == 0
                ? new[]
                {
                    new
                    {
                        name = "Boss",
                        email = $"boss{number}@buyer.example",
                        role = "management",
                    },
                }
                : null,
        };
    }

    private object EqualParts(string from) =>
        new
        {
            parts = _random.Next(2, 4),
            from,
            everyDays = _random.Next(5, 12),
            by = "Maya",
            accelerates = _random.Next(2) == 0,
        };

    private static object Part(string name, int amount) =>
        new Dictionary<string, object>
        {
            ["reason"] = "one line is wrong",
            [name] = $"{amount}.00",
            ["currency"] = "GBP",
        };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
