namespace Dunning.Payments.Webhooks;

/// <summary>Reads signature headers that are lists of fields, each with a prefix such as <c>t=</c>.</summary>
internal static class SignatureHeader
{
    /// <summary>What follows the prefix in every field that begins with it.</summary>
    public static List<string> Values(IEnumerable<string> fields, string prefix) =>
        [
            .. fields
                .Where(field => field.StartsWith(prefix, StringComparison.Ordinal))
                .Select(field => field[prefix.Length..]),
        ];
}
