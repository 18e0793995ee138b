using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;

namespace Azure.Communication.Email;

internal static class SharedKey
{
    /// <summary>
    /// Puts the date of this attempt on the request: the service refuses one that is more than 15 minutes off.
    /// </summary>
    public static string Stamp(Request request)
    {
        // The real clock, whatever the movable one says: official signatures leave no room for a TimeProvider.
        var date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        request.Headers.SetValue("x-ms-date", date);
        return date;
    }

    public static string Sign(byte[] key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
