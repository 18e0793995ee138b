using System.Globalization;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>Takes the multipart answer of a transaction apart: one HTTP response in it for each action, or the one that failed.</summary>
internal static class BatchResponse
{
    public static IReadOnlyList<Response> Read(Response response) =>
    [
        .. response.Content.ToString()
            .Split("HTTP/1.1 ", StringSplitOptions.None)
            .Skip(1)
            .Select(Part),
    ];

    private static Response Part(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var status = int.Parse(lines[0].AsSpan(0, 3), CultureInfo.InvariantCulture);
        var blank = Array.IndexOf(lines, "");
        if (blank < 0) blank = lines.Length;
        var headers = lines[1..blank]
            .Select(l => l.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(h => h.Length == 2)
            .Select(h => new Core.HttpHeader(h[0], h[1]));
        var body = string.Join('\n', lines.Skip(blank + 1).TakeWhile(l => !l.StartsWith("--", StringComparison.Ordinal)));
        return new InnerResponse(status, lines[0][3..].Trim(), [.. headers], Encoding.UTF8.GetBytes(body.Trim()));
    }
}
