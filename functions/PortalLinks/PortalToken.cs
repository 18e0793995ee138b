using System.Globalization;
using Dunning.Receivables;

namespace Dunning.PortalLinks;

/// <summary>
/// What a link to the portal says, signed: whose it is and until when. No row is stored for it, and the same message
/// always has the same link.
/// </summary>
/// <param name="Epoch">See <see cref="Customer.PortalLinkEpoch"/>.</param>
/// <param name="LastDay">In the customer's zone.</param>
/// <param name="Link">Tells the links of one customer apart.</param>
internal sealed record PortalToken(CustomerId Customer, int Epoch, DateOnly LastDay, string Link)
{
    /// <summary>A link lives for so long in any case.</summary>
    private const int ShortestDays = 45;

    /// <summary>So long after the last due date that the message names.</summary>
    private const int DaysAfterDueDate = 30;
    private const int LongestDays = 180;
    private const int LinkLength = 8;

    /// <summary>A day is counted from here, which keeps it short.</summary>
    private static readonly DateOnly _firstDay = new(2020, 1, 1);
    private const string Purpose = "link";

    /// <param name="name">Of the message in which the link stands.</param>
    /// <param name="lastDueDate">Null when it names no invoice.</param>
    public static PortalToken Create(Customer customer, string name, DateOnly today, DateOnly? lastDueDate)
    {
        var days = Math.Max(ShortestDays, (lastDueDate?.DayNumber ?? 0) - today.DayNumber + DaysAfterDueDate);
        return new(
            customer.Id,
            customer.PortalLinkEpoch,
            today.AddDays(Math.Min(days, LongestDays)),
            Ids.Hash('k', $"{customer.Id}\n{name}")[1..(LinkLength + 1)]
        );
    }

    public string Write(PortalKey key) => $"{Signed}-{key.Sign(Purpose, Signed)}";

    /// <returns>Null for a text that was not written with the key.</returns>
    public static PortalToken? Read(PortalKey key, string text)
    {
        if (
            text.Split('-', 5)
                is not [{ Length: 16 } customer, var day, var epoch, { Length: LinkLength } link, var mac]
            || !int.TryParse(day, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var days)
            || !int.TryParse(epoch, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            || !key.IsSigned(Purpose, text[..^(mac.Length + 1)], mac)
        )
            return null;
        return new(new CustomerId($"c{customer}"), number, _firstDay.AddDays(days), link);
    }

    private string Signed =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Customer.Value[1..]}-{LastDay.DayNumber - _firstDay.DayNumber:x}-{Epoch:x}-{Link}"
        );
}
