using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Receivables.Banking;

/// <summary>Published and computed references and accounts, and texts that are none.</summary>
internal static class BankingVectors
{
    private const string Alphabet = "0123456789012345678901234567890 -+*/<.()RFSIabk\t\n\0٣５Ää\ud83d普通当座Maybank";

    public static IEnumerable<string> Schemes => All().Select(vector => vector.Scheme).Distinct();

    public static TheoryData<string, string, bool, string?> Of(ICollection<string> schemes)
    {
        var data = new TheoryData<string, string, bool, string?>();
        foreach (var (scheme, text, valid, formatted) in SharedFixtures.Root is null ? [] : All())
        {
            if (schemes.Contains(scheme))
                data.Add(scheme, text, valid, formatted);
        }
        return data;
    }

    /// <param name="start">The first place that is changed.</param>
    public static IEnumerable<string> WithOneWrongDigit(string text, int start) =>
        from place in Enumerable.Range(start, text.Length - start)
        where char.IsAsciiDigit(text[place])
        from digit in "0123456789"
        where digit != text[place]
        select $"{text[..place]}{digit}{text[(place + 1)..]}";

    public static string AnyText(Random random)
    {
        string[] starts = ["", "RF", "SI00", "SI12", "SI99", "+++", "+71<", "+75<"];
        return starts[random.Next(starts.Length)] + new string(random.GetItems<char>(Alphabet, random.Next(30)));
    }

    private static IEnumerable<Vector> All() =>
        JsonSerializer.Deserialize<List<Vector>>(SharedFixtures.Text("references.json"), JsonSerializerOptions.Web)!;

    private sealed record Vector(string Scheme, string Text, bool Valid, string? Formatted);
}
