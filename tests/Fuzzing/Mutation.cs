using System.Text;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// Sets, removes and repeats bytes, and inserts values that readers of JSON, XML, forms and headers often handle
/// wrongly.
/// </summary>
internal static class Mutation
{
    private const int MaxRunLength = 12,
        MaxRepeats = 2_000,
        MaxNesting = 200;

    private static readonly byte[][] _specialValues = new[]
    {
        "\"",
        "{",
        "]",
        "\\ud802",
        "\\u0000",
        "null",
        "-",
        "1e999",
        ",",
        ":",
        "\0",
        "99999999999999999999",
        "[]",
        "{}",
        "true",
        "0",
        "-1",
        "\\",
        "\"\"",
        "<",
        ">",
        "&",
        "&lt;",
        "&#0;",
        "&#xD800;",
        "]]>",
        "<![CDATA[",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        "<?xml version=\"1.1\"?>",
        "<!--",
        "xmlns:cbc=\"\"",
        "=",
        ".",
        ";",
        " ",
        "\t",
        "\r\n",
        "%00",
        "%",
        "+",
        "'",
        "../",
        "{{{0}}}",
        "{0}",
        "{{Subject}}",
        "\u0000",
        "\uFEFF",
        "\u202E",
        "\u2028",
        "\uFFFF",
        "é",
        "💶",
        "\u0301",
        "10000000000000000000000000000000",
        "0.000000001",
        "9223372036854775807",
        "9999-12-31",
        "0001-01-01",
        "2026-02-30",
        "9999-12-31T23:59:59.9999999-14:00",
        "javascript:",
    }
        .Select(Encoding.UTF8.GetBytes)
        .Append([0xFF, 0xFE])
        .Append([0xED, 0xA0, 0x80])
        .Append([0xC0, 0x80])
        .ToArray();

    /// <summary>Applies one to three changes, each small or, in one of 50 cases, large.</summary>
    public static byte[] Mutate(byte[] bytes, Random random)
    {
        var result = bytes.ToList();
        for (var times = random.Next(1, 4); times > 0 && result.Count > 0; times--)
        {
            var at = random.Next(result.Count);
            var length = Math.Min(random.Next(1, MaxRunLength), result.Count - at);
            switch (random.Next(100))
            {
                case 0:
                    result.InsertRange(
                        at,
                        Enumerable
                            .Repeat(result.GetRange(at, length), random.Next(MaxRepeats))
                            .SelectMany(run => run)
                            .ToList()
                    );
                    break;
                case 1:
                    result.InsertRange(
                        at,
                        Enumerable.Repeat((byte)(random.Next(2) == 0 ? '[' : '{'), random.Next(MaxNesting))
                    );
                    break;
                case < 25:
                    result[at] = (byte)random.Next(256);
                    break;
                case < 45:
                    result.RemoveRange(at, length);
                    break;
                case < 65:
                    result.InsertRange(random.Next(result.Count), result.GetRange(at, length));
                    break;
                default:
                    result.RemoveRange(at, random.Next(2) == 0 ? length : 0);
                    result.InsertRange(at, _specialValues[random.Next(_specialValues.Length)]);
                    break;
            }
        }
        return [.. result];
    }

    public static string Mutate(string text, Random random) =>
        Encoding.Latin1.GetString(Mutate(Encoding.Latin1.GetBytes(text), random));
}
