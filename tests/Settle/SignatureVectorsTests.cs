using System.Text;
using System.Text.Json;
using Dunning.Settle;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Settle;

public sealed class SignatureVectorsTests
{
    private const string File = "webhooks/vectors.json";

    public static TheoryData<string> Ids()
    {
        var ids = new TheoryData<string>();
        if (SharedFixtures.Root is not null)
        {
            foreach (var vector in Vectors().Where(v => v.GetProperty("scheme").GetString() is "stripe" or "standard-webhooks"))
                ids.Add(vector.GetProperty("id").GetString()!);
        }
        return ids;
    }

    [FixtureTheory]
    [MemberData(nameof(Ids))]
    public void Every_published_vector_is_judged_as_its_publisher_says(string id)
    {
        var vector = Vectors().Single(v => v.GetProperty("id").GetString() == id);
        var headers = vector.GetProperty("headers").EnumerateObject().Select(h => KeyValuePair.Create(h.Name, h.Value.GetString()!));
        var secrets = vector.GetProperty("secrets").EnumerateArray().Select(s => s.GetString()!).ToList();
        var now = DateTimeOffset.FromUnixTimeSeconds(vector.GetProperty("now").GetInt64());

        var valid = WebhookSignatures.Verify(
            vector.GetProperty("scheme").GetString()!, new(headers, Encoding.UTF8.GetBytes(Body(vector))), secrets, now);

        Assert.Equal(vector.GetProperty("expect").GetString() == "valid", valid);
    }

    [FixtureFact]
    public void Both_schemes_have_vectors_of_both_kinds() => Assert.Equal(
        ["standard-webhooks invalid", "standard-webhooks valid", "stripe invalid", "stripe valid"],
        Vectors().Where(v => v.GetProperty("scheme").GetString() is "stripe" or "standard-webhooks")
            .Select(v => $"{v.GetProperty("scheme")} {v.GetProperty("expect")}").Distinct().Order(StringComparer.Ordinal));

    private static List<JsonElement> Vectors() =>
        [.. JsonElement.Parse(SharedFixtures.Text(File)).GetProperty("vectors").EnumerateArray()];

    private static string Body(JsonElement vector) => vector.TryGetProperty("bodyRepeat", out var repeat)
        ? new string(repeat.GetProperty("char").GetString()![0], repeat.GetProperty("count").GetInt32())
        : vector.GetProperty("body").GetString()!;
}
