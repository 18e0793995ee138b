using System.Text;

namespace Dunning.Tests.Settle;

/// <summary>Bytes set, dropped, repeated and swapped for what JSON readers trip over.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] bytes, Random random)
    {
        string[] traps = ["\"", "{", "]", "\\ud802", "\\u0000", "null", "-", "1e999", ",", ":", "\0", "99999999999999999999"];
        var result = bytes.ToList();
        for (var times = random.Next(1, 4); times > 0 && result.Count > 0; times--)
        {
            var at = random.Next(result.Count);
            var length = Math.Min(random.Next(1, 12), result.Count - at);
            switch (random.Next(4))
            {
                case 0:
                    result[at] = (byte)random.Next(256);
                    break;
                case 1:
                    result.RemoveRange(at, length);
                    break;
                case 2:
                    result.InsertRange(random.Next(result.Count), result.GetRange(at, length));
                    break;
                default:
                    result.RemoveRange(at, length);
                    result.InsertRange(at, Encoding.UTF8.GetBytes(traps[random.Next(traps.Length)]));
                    break;
            }
        }
        return [.. result];
    }

    public static string Of(string text, Random random) => Encoding.Latin1.GetString(Of(Encoding.Latin1.GetBytes(text), random));
}
