using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;

namespace Azure.Communication.Email;

internal static class SharedKey
{
    /// <summary>
    /// Sets the date of this attempt on the request: the service rejects a date that is more than 15 minutes off.
    /// </summary>
    public static string SetDate(Request request)
    {
        // The real clock: the public members of the official package have no parameter for a TimeProvider.
        var date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        request.Headers.SetValue("x-ms-date", date);
        return date;
    }

    public static string Sign(byte[] key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
